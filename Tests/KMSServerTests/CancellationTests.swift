// A caller that goes away takes its request along: work for nobody is not done.

import AWSSigV4
import KMSServer
import KMSService
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
  @Test(arguments: ["", post("another one behind it")])
  func cancelsTheRequestInFlight(behind: String) async throws {
    let entered = Signal()
    let cancelled = Signal()
    let reached = Tally()
    try await withServer(respond: { _ in
      reached.increment()
      entered.send()
      do { try await Task.sleep(for: .seconds(600)) } catch { cancelled.send() }
      return ServiceResponse(status: 200, headers: [], body: [])
    }) { server in
      let client = try await server.connect()
      try await client.send(post("x") + behind)
      await entered.wait()
      await client.close()
      await cancelled.wait()
      #expect(reached.value == 1)
      // The server is none the worse for it.
      let next = try await server.connect()
      try await next.send("GET /health HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await next.response()?.status == 200)
    }
  }

  @Test func freesThePlaceOfACancelledRequest() async throws {
    try await withServer {
      $0.limits.maximumRequestsInFlight = 1
    } respond: { request in
      if request.body.isEmpty { try? await Task.sleep(for: .seconds(600)) }
      return ServiceResponse(status: 200, headers: [], body: request.body)
    } _: { server in
      for _ in 0..<20 {
        let client = try await server.connect()
        try await client.send(post(""))
        await client.close()
      }
      var isFree = false
      for _ in 0..<200 where !isFree {
        let client = try await server.connect()
        try await client.send(post("x"))
        isFree = await client.response()?.status == 200
        await client.close()
        if !isFree { try await Task.sleep(for: .milliseconds(5)) }
      }
      #expect(isFree)
    }
  }
}
