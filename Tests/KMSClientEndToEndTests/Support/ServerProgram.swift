// The services that the tests call, and where their programs are.

import Foundation

/// A program that serves the KMS API.
enum ServerProgram: Sendable {
  /// Our service in development mode: it believes any credentials.
  case developmentKeywright
  /// Our service as it is run in earnest: it verifies every signature.
  case keywright
  /// The KMS of moto, which shares no code and no author with ours.
  case moto

  /// What to run, so that it serves at any port that is free.
  func command(dataFolder: URL, identities: URL) -> [String] {
    switch self {
    case .developmentKeywright:
      [Self.keywrightBinary.path, "serve", "--dev", "--port", "0"]
    case .keywright:
      [
        Self.keywrightBinary.path, "serve", "--port", "0", "--region", "us-east-1", "--data-dir", dataFolder.path,
        "--identities", identities.path,
      ]
    case .moto:
      [Self.python.path, "-m", "moto.server", "-p", "0"]
    }
  }

  /// What answers when the service is ready.
  var healthPath: String {
    switch self {
    case .developmentKeywright, .keywright: "/health"
    case .moto: "/moto-api/"
    }
  }

  /// `KEYWRIGHT_BINARY`, or the program that was built with these tests, or that of the checkout's debug build.
  static let keywrightBinary: URL = {
    if let chosen = ProcessInfo.processInfo.environment["KEYWRIGHT_BINARY"] { return URL(filePath: chosen) }
    let besideTests = [URL(filePath: CommandLine.arguments[0]), Bundle.main.bundleURL]
      .map { $0.deletingLastPathComponent().appending(component: "keywright") }
    return besideTests.first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? checkout.appending(components: ".build", "debug", "keywright")
  }()

  /// `KEYWRIGHT_PYTHON`, or that of the environment that the client tests use, which has moto.
  static let python: URL = {
    if let chosen = ProcessInfo.processInfo.environment["KEYWRIGHT_PYTHON"] { return URL(filePath: chosen) }
    return checkout.appending(components: ".venv", "bin", "python")
  }()

  /// Whether moto can be run here. In continuous integration it counts as there, so that its absence is a failure.
  static func isMotoExpected() async -> Bool {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
    return (try? await run([python.path, "-c", "import moto.server, flask_cors"]))?.status == 0
  }

  /// The repository's folder: four above this file.
  private static let checkout = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The environment without anything that would steer the programs.
  static var cleanEnvironment: [String: String] {
    ProcessInfo.processInfo.environment.filter { name, _ in !name.hasPrefix("AWS_") && !name.hasPrefix("KEYWRIGHT_") }
  }

  /// Runs a command that ends by itself, and waits for it on a thread of its own: the tests' calls go on meanwhile.
  static func run(_ command: [String]) async throws -> (status: Int32, output: Data) {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try runHere(command) })
      }
    }
  }

  private static func runHere(_ command: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = cleanEnvironment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, bytes)
  }
}
