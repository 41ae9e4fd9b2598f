// Programs that check our results independently: the openssl command, and Python with its cryptography package.

import Foundation
import Testing

struct Tool: Sendable {
  let executable: String
  let leadingArguments: [String]

  static let openssl = Tool(executable: "/usr/bin/env", leadingArguments: ["openssl"])

  /// `KEYWRIGHT_PYTHON`, or the checkout's own environment, or what is on the path.
  static let python: Tool = {
    let ownEnvironment = Checkout.root.appending(components: ".venv", "bin", "python").path
    if let chosen = ProcessInfo.processInfo.environment["KEYWRIGHT_PYTHON"] {
      return Tool(executable: chosen, leadingArguments: [])
    }
    if FileManager.default.isExecutableFile(atPath: ownEnvironment) {
      return Tool(executable: ownEnvironment, leadingArguments: [])
    }
    return Tool(executable: "/usr/bin/env", leadingArguments: ["python3"])
  }()

  struct Outcome {
    let status: Int32
    let output: [UInt8]
    let errors: String
  }

  /// Runs the tool to its end, with `input` on its standard input.
  func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
    // Files, not pipes: neither side then waits for the other to read.
    let folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["input", "output", "errors"].map { folder.appending(component: $0) }
    try Data(input).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }

    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = leadingArguments + arguments
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: Array(try Data(contentsOf: files[1])),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }

  /// What the tool prints when it succeeds.
  func output(
    _ arguments: [String], input: [UInt8] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [UInt8] {
    let outcome = try run(arguments, input: input)
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors)", sourceLocation: sourceLocation)
    return outcome.output
  }

  /// What a script of `Tests/Interop` answers, in JSON, to `request`.
  static func script<Answer: Decodable>(_ name: String, _ request: some Encodable) throws -> Answer {
    let path = Checkout.root.appending(components: "Tests", "Interop", name).path
    let answer = try python.output([path], input: Array(JSONEncoder().encode(request)))
    return try JSONDecoder().decode(Answer.self, from: Data(answer))
  }

  fileprivate func runs(_ arguments: [String]) -> Bool {
    (try? run(arguments).status) == 0
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs where the openssl command is; in continuous integration always.
  static var needsOpenSSLCommand: Self {
    .enabled("the openssl command is not installed") {
      Checkout.isContinuousIntegration || Tool.openssl.runs(["version"])
    }
  }

  /// Runs where Python and its cryptography package are; in continuous integration always.
  static var needsPythonCryptography: Self {
    .enabled("python3 with the package cryptography is not installed") {
      Checkout.isContinuousIntegration || Tool.python.runs(["-c", "import cryptography"])
    }
  }
}
