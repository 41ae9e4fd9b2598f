// The page of metrics: answered by the server, without the service.

import KMSServer
import KMSService
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MetricsRouteTests {
  /// Answers with the figures of the server itself.
  private static let load = MetricsRoute(contentType: "text/plain; version=0.0.4") { load in
    [UInt8]("\(load.requestsInFlight) \(load.openConnections) \(load.refusals)".utf8)
  }

  private static let get = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n"

  @Test func answersGetAndHead() async throws {
    try await withServer(metrics: Self.load) { server in
      let client = try await server.connect()
      try await client.send(Self.get)
      let response = try #require(await client.response())
      #expect(response.status == 200)
      #expect(response.header("content-type") == "text/plain; version=0.0.4")
      #expect(response.header("cache-control") == "no-store")
      #expect(response.text == "0 1 0")
      try await client.send("HEAD /metrics HTTP/1.1\r\nHost: h\r\n\r\n")
      let head = try #require(await client.response(hasBody: false))
      #expect(head.status == 200)
      #expect(head.header("content-length") == "5")
      try await client.send(post("next"))
      #expect(await client.response()?.text == "next")
    }
  }

  @Test(arguments: [
    "POST /metrics", "PUT /metrics", "GET /metrics/", "GET /metrics?x", "GET /Metrics", "GET /metric", "GET /",
  ])
  func leavesOtherRequestsToTheService(line: String) async throws {
    try await withServer(metrics: Self.load) { server in
      let client = try await server.connect()
      try await client.send("\(line) HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await client.response()?.header("x-line") == line)
    }
  }

  @Test func belongsToTheServiceWithoutAPage() async throws {
    try await withServer { server in
      let client = try await server.connect()
      try await client.send(Self.get)
      #expect(await client.response()?.header("x-line") == "GET /metrics")
    }
  }

  @Test func saysSoWhenThereIsNoPage() async throws {
    try await withServer(metrics: MetricsRoute(contentType: "text/plain") { _ in nil }) { server in
      let client = try await server.connect()
      try await client.send(Self.get)
      let response = try #require(await client.response())
      #expect(response.status == 503)
      #expect(response.text.isEmpty)
    }
  }

  /// An overloaded server can still be looked into, and tells what it is doing.
  @Test func tellsOfRequestsInFlightConnectionsAndRefusals() async throws {
    let entered = Signal()
    let release = Signal()
    try await withServer(
      metrics: Self.load, configure: { $0.limits.maximumRequestsInFlight = 1 },
      respond: { request in
        entered.send()
        await release.wait()
        return ServiceResponse(status: 200, headers: [], body: request.body)
      }
    ) { server in
      let busy = try await server.connect()
      try await busy.send(post("busy"))
      await entered.wait()
      let refused = try await server.connect()
      try await refused.send(post("too many"))
      #expect(await refused.response()?.status == 503)
      let observer = try await server.connect()
      try await observer.send(Self.get)
      #expect(await observer.response()?.text == "1 3 1")
      release.send()
      #expect(await busy.response()?.text == "busy")
      try await observer.send(Self.get)
      #expect(await observer.response()?.text == "0 3 1")
    }
  }
}
