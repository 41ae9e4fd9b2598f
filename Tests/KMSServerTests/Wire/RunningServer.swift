// Starts a server on a free loopback port for the length of one test.

import AWSSigV4
import KMSService
import Logging

@testable import KMSServer

/// A started server, as a test sees it.
struct RunningServer {
  let server: HTTPServer
  let port: Int

  func connect() async throws -> WireClient { try await WireClient.connect(port: port) }

  /// Sends `text` on a connection of its own and reads everything until the server closes it.
  func exchange(_ text: String) async throws -> String {
    let client = try await connect()
    try? await client.send(text)
    return String(decoding: await client.readToEnd(), as: UTF8.self)
  }
}

/// Runs `body` against a new server, and shuts the server down afterwards.
func withServer<Result>(
  tls: TLSFiles? = nil, health: HealthRoutes = HealthRoutes(), metrics: MetricsRoute? = nil, logger: Logger = .silent,
  configure: (inout HTTPServer.Configuration) -> Void = { _ in },
  respond: @escaping HTTPServer.Responder = echo,
  _ body: (RunningServer) async throws -> Result
) async throws -> Result {
  var configuration = HTTPServer.Configuration(port: 0, tls: tls)
  configuration.timeouts.linger = .milliseconds(200)
  configure(&configuration)
  let server = HTTPServer(
    configuration: configuration, health: health, metrics: metrics, logger: logger, respond: respond)
  let address = try await server.start()
  do {
    let result = try await body(RunningServer(server: server, port: address.port))
    await server.shutdown(gracePeriod: .milliseconds(100))
    return result
  } catch {
    await server.shutdown(gracePeriod: .zero)
    throw error
  }
}

/// Answers with the request's own body, its request line and how it came in the header fields.
let echo: HTTPServer.Responder = { request in
  ServiceResponse(
    status: 200,
    headers: [
      HeaderField(name: "X-Line", value: "\(request.method) \(request.target)"),
      HeaderField(name: "X-Secure", value: "\(request.isSecure)"),
      HeaderField(name: "X-Remote", value: request.remoteAddress ?? "none"),
    ], body: request.body)
}

extension Logger {
  /// Logs nothing.
  static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Answers with the request's own body; the request with `body` not before it may: it says that it has come, and waits.
func holding(_ body: String, _ entered: Signal, until release: Signal) -> HTTPServer.Responder {
  { request in
    if request.body == Array(body.utf8) {
      entered.send()
      await release.wait()
    }
    return ServiceResponse(status: 200, headers: [], body: request.body)
  }
}

/// A `POST /` with a body, as SDKs send it.
func post(_ body: String, headers: String = "") -> String {
  "POST / HTTP/1.1\r\nHost: localhost\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}

extension String {
  /// The pieces between the occurrences of `separator`.
  func components(of separator: String) -> [Substring] { split(separator: separator, omittingEmptySubsequences: false) }
}
