// A service in a process of its own, which ends with the tests whatever becomes of them.

import Foundation
import KMSClient

/// A running service.
///
/// It is the child of a shell that waits for the end of its standard input. Our end of that pipe closes when the server
/// is stopped, and also when this process dies in any other way: nothing is left behind by a crash or a kill.
final class Server: Sendable {
  /// Where it serves.
  let url: String
  let program: ServerProgram
  /// The folder of its data, its log and the files of its tests; removed when it is stopped.
  let folder: URL

  private let process: ServerProcess

  private init(_ program: ServerProgram, url: String, folder: URL, process: ServerProcess) {
    self.program = program
    self.url = url
    self.folder = folder
    self.process = process
  }

  var dataFolder: URL { Self.dataFolder(in: folder) }

  private static func dataFolder(in folder: URL) -> URL { folder.appending(component: "data") }

  /// Starts the program, and returns when it serves.
  static func start(_ program: ServerProgram) async throws -> Server {
    let folder = FileManager.default.temporaryDirectory.appending(component: "keywright-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let log = folder.appending(component: "log")
    let process: ServerProcess
    do {
      let identities = folder.appending(component: "identities.json")
      try Identities.file.write(to: identities)
      let command = program.command(dataFolder: dataFolder(in: folder), identities: identities)
      process = try ServerProcess(command, log: log)
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
    do {
      let url = try await address(in: log)
      try await waitUntilHealthy(url + program.healthPath, log: log)
      return Server(program, url: url, folder: folder, process: process)
    } catch {
      await process.stop()
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
  }

  /// Ends the program.
  func stop() async {
    await process.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The address that the program says it has: the port was its own choice, so that no other can have taken it.
  private static func address(in log: URL) async throws -> String {
    try await poll(log: log) {
      let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
      return text.firstMatch(of: #/http://127\.0\.0\.1:[0-9]+/#).map { String($0.output) }
    }
  }

  private static func waitUntilHealthy(_ url: String, log: URL) async throws {
    let transport = AsyncHTTPClientTransport(maximumConnections: 1)
    let request = TransportRequest(method: .get, url: url, headers: [], body: [], timeout: .seconds(5))
    do {
      try await poll(log: log) { try? await transport.send(request).statusCode == 200 ? () : nil }
    } catch {
      try await transport.shutdown()
      throw error
    }
    try await transport.shutdown()
  }

  /// Asks until there is an answer.
  private static func poll<Answer>(log: URL, _ ask: () async throws -> Answer?) async throws -> Answer {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      if let answer = try await ask() { return answer }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw NotReady(log: String(decoding: ((try? Data(contentsOf: log)) ?? Data()).suffix(4_000), as: UTF8.self))
  }

  /// A service that did not come up, and what it said.
  private struct NotReady: Error, CustomStringConvertible {
    let log: String
    var description: String { "the service did not become ready:\n\(log)" }
  }
}
