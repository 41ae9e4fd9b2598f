// The health routes: answered by the server, without the service.

import KMSServer
import KMSService
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HealthTests {
  @Test(arguments: [
    ("/health", 200, 503), ("/health/ready", 200, 503), ("/health/live", 503, 200),
  ])
  func asksTheRightProbe(path: String, whenReady: Int, whenLive: Int) async throws {
    for (isLive, status) in [(false, whenReady), (true, whenLive)] {
      try await withServer(health: HealthRoutes(isLive: { isLive }, isReady: { !isLive })) { server in
        let client = try await server.connect()
        try await client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
        let response = try #require(await client.response())
        #expect(response.status == status)
        #expect(response.text == (status == 200 ? #"{"status":"ok"}"# : #"{"status":"unavailable"}"#))
        #expect(response.header("cache-control") == "no-store")
      }
    }
  }

  @Test(arguments: ["POST /health", "GET /health/other", "GET /healthy", "GET /", "GET /Health", "DELETE /health/live"])
  func leavesOtherRequestsToTheService(line: String) async throws {
    try await withServer(health: HealthRoutes(isLive: { false }, isReady: { false })) { server in
      let client = try await server.connect()
      try await client.send("\(line) HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await client.response()?.header("x-line") == line)
    }
  }

  @Test func answersHead() async throws {
    try await withServer { server in
      let client = try await server.connect()
      try await client.send("HEAD /health HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await client.response(hasBody: false)?.status == 200)
      try await client.send(post("x"))
      #expect(await client.response()?.text == "x")
    }
  }
}
