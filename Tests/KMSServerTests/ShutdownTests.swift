// Stopping: nothing in flight is lost, nothing idle is waited for, and nothing lasts beyond the grace period.

import KMSService
import NIOCore
import Testing

@testable import KMSServer

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
  @Test func finishesWhatIsInFlight() async throws {
    let entered = Signal()
    let release = Signal()
    try await withServer(respond: holding("in flight", entered, until: release)) { running in
      let client = try await running.connect()
      // The second is complete but not begun: its caller will have to ask elsewhere.
      try await client.send(post("in flight") + post("behind it"))
      await entered.wait()
      let witnesses = try await Witnesses(running)
      async let stopped: Void = running.server.shutdown(gracePeriod: .seconds(30))
      await witnesses.seeTheShutdownBegin()
      release.send()
      let response = try #require(await client.response())
      #expect(response.text == "in flight")
      #expect(response.header("connection") == "close")
      #expect(await client.response() == nil)
      await stopped
    }
  }

  @Test func finishesARequestThatIsStillArriving() async throws {
    try await withServer { running in
      let client = try await running.connect()
      try await client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 8\r\n\r\n")
      #expect(await client.response()?.status == 100)
      let witnesses = try await Witnesses(running)
      async let stopped: Void = running.server.shutdown(gracePeriod: .seconds(30))
      await witnesses.seeTheShutdownBegin()
      try await client.send("the rest")
      let response = try #require(await client.response())
      #expect(response.text == "the rest")
      #expect(response.header("connection") == "close")
      await client.close()
      await stopped
    }
  }

  @Test func closesIdleConnectionsAtOnce() async throws {
    try await withServer { running in
      let fresh = try await running.connect()
      let used = try await running.connect()
      try await used.send(post("x"))
      #expect(await used.response()?.text == "x")
      let start = ContinuousClock.now
      await running.server.shutdown(gracePeriod: .seconds(30))
      #expect(ContinuousClock.now - start < .seconds(10))
      #expect(await fresh.endsSilently())
      #expect(await used.endsSilently())
    }
  }

  @Test func cutsWhatOutlastsTheGracePeriod() async throws {
    let entered = Signal()
    let cancelled = Signal()
    try await withServer(respond: { _ in
      entered.send()
      do { try await Task.sleep(for: .seconds(600)) } catch { cancelled.send() }
      return ServiceResponse(status: 200, headers: [], body: [])
    }) { running in
      let client = try await running.connect()
      try await client.send(post("x"))
      await entered.wait()
      let start = ContinuousClock.now
      await running.server.shutdown(gracePeriod: .milliseconds(100))
      let took = ContinuousClock.now - start
      #expect(took >= .milliseconds(100))
      #expect(took < .seconds(20))
      #expect(await client.endsSilently())
      await cancelled.wait()
    }
  }

  @Test func isNotReadyWhileStopping() async throws {
    let entered = Signal()
    let release = Signal()
    let health = HealthRoutes(isReady: {
      entered.send()
      await release.wait()
      return true
    })
    try await withServer(health: health) { running in
      let probe = try await running.connect()
      try await probe.send("GET /health/ready HTTP/1.1\r\nHost: h\r\n\r\n")
      await entered.wait()
      let other = try await running.connect()
      try await other.send(
        "GET /health/ready HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
      #expect(await other.response()?.status == 100)
      let witnesses = try await Witnesses(running)
      async let stopped: Void = running.server.shutdown(gracePeriod: .seconds(30))
      await witnesses.seeTheShutdownBegin()
      try await other.send("x")
      #expect(await other.response()?.status == 503)
      release.send()
      #expect(await probe.response()?.status == 200)
      await other.close()
      await probe.close()
      await stopped
    }
  }

  @Test func canBeAskedTwiceAndBeforeTheStart() async throws {
    let server = HTTPServer(configuration: .init(port: 0), logger: .silent, respond: echo)
    _ = try await server.start()
    await #expect(throws: HTTPServerError.alreadyStarted) { _ = try await server.start() }
    async let first: Void = server.shutdown(gracePeriod: .seconds(1))
    async let second: Void = server.shutdown(gracePeriod: .seconds(1))
    _ = await (first, second)
    await server.shutdown(gracePeriod: .zero)
    await #expect(throws: HTTPServerError.alreadyStarted) { _ = try await server.start() }

    let unused = HTTPServer(configuration: .init(port: 0), logger: .silent, respond: echo)
    await unused.shutdown(gracePeriod: .zero)
    await #expect(throws: HTTPServerError.alreadyStarted) { _ = try await unused.start() }
  }

  @Test func saysWhyItCannotListen() async throws {
    try await withServer { running in
      let second = HTTPServer(configuration: .init(port: running.port), logger: .silent, respond: echo)
      let error = await #expect(throws: HTTPServerError.self) { _ = try await second.start() }
      guard case .cannotListen(host: "127.0.0.1", port: running.port, let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("in use"))
      await second.shutdown(gracePeriod: .zero)
    }
  }
}

/// Idle connections on every event loop: when they are closed, every connection knows of the shutdown.
private struct Witnesses {
  private let clients: [WireClient]

  init(_ running: RunningServer) async throws {
    var clients: [WireClient] = []
    for _ in 0..<2 * System.coreCount {
      let client = try await running.connect()
      try await client.send("GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await client.response()?.status == 200)
      clients.append(client)
    }
    self.clients = clients
  }

  func seeTheShutdownBegin() async {
    for client in clients { #expect(await client.endsSilently()) }
  }
}
