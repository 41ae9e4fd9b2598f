// The process of a service, and its end.

import Foundation

/// A shell with a server as its child, in a process group of their own.
final class ServerProcess: Sendable {
  /// Ends the server, in its own way at first, when the standard input ends.
  private static let script = """
    "$@" </dev/null & server=$!
    read -r end
    kill "$server" 2>/dev/null
    wait "$server"
    """

  private let process: Process
  private let input: Pipe

  init(_ command: [String], log: URL) throws {
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    process = Process()
    input = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", Self.script, "sh"] + command
    process.environment = ServerProgram.cleanEnvironment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try Self.withAllSignals { try process.run() }
    try output.close()
  }

  /// Runs `body` with no signal blocked. Swift's threads block them, and a child would inherit that: no request to end
  /// would reach it.
  private static func withAllSignals(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var blocked = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try body()
  }

  /// Lets the server end by itself, and kills what is left of its process group after five seconds.
  ///
  /// It works in a cancelled task too.
  func stop() async {
    let shell = process.processIdentifier
    let isOwnGroup = getpgid(shell) == shell
    try? input.fileHandleForWriting.close()
    let deadline = ContinuousClock.now + .seconds(5)
    while process.isRunning, ContinuousClock.now < deadline {
      await Task.detached { try? await Task.sleep(for: .milliseconds(10)) }.value
    }
    if isOwnGroup { kill(-shell, SIGKILL) } else if process.isRunning { kill(shell, SIGKILL) }
  }
}
