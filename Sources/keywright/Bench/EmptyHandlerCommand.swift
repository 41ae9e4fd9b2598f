// `keywright bench empty-handler`: the HTTP stack with nothing behind it.

import ArgumentParser
import KMSServer
import KMSService
import Logging

/// Serves one fixed answer over the same HTTP server as the service: what no service on it can be faster than.
struct EmptyHandlerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "empty-handler", abstract: "Answer every request with the same 200 bytes.")

  @Option(help: "Port on loopback.")
  var port = 8271

  func run() async throws {
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: 200)
    let stop = StopSignal()
    let server = HTTPServer(
      configuration: HTTPServer.Configuration(host: "127.0.0.1", port: port), logger: Logger(label: "bench"),
      respond: { _ in ServiceResponse(status: 200, headers: [], body: body) })
    do throws(HTTPServerError) {
      _ = try await server.start()
    } catch {
      throw CommandFailure(.unavailable, error.description).exit()
    }
    await stop.wait()
    await server.shutdown(gracePeriod: .seconds(1))
  }
}
