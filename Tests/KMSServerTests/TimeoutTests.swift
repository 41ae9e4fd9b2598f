// Callers that are slow, silent or gone: each wait has an end.

import KMSService
import NIOCore
import Testing

@testable import KMSServer

@Suite(.timeLimit(.minutes(1)))
struct TimeoutTests {
  // Long enough for a busy machine to send a request in time.
  private static let short = Duration.milliseconds(400)

  @Test(arguments: ["P", "POST / HT", "POST / HTTP/1.1\r\n", "POST / HTTP/1.1\r\nHost: h\r\nX: a", "\r\n\r\n"])
  func answersAHeadThatDoesNotEnd(beginning: String) async throws {
    try await withServer {
      $0.timeouts.head = Self.short
    } _: { server in
      let client = try await server.connectUsed()
      try await client.send(beginning)
      let answer = try #require(await client.response())
      #expect(answer.status == 408)
      #expect(answer.text.contains("RequestTimeoutException"))
      #expect(answer.header("connection") == "close")
      #expect(await client.response() == nil)
    }
  }

  /// A slow head is bounded as a whole: a byte now and then does not buy more time.
  @Test func boundsAHeadThatTricklesIn() async throws {
    try await withServer {
      $0.timeouts.head = Self.short
    } _: { server in
      let client = try await server.connectUsed()
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\n")
      let start = ContinuousClock.now
      let channel = client.channel
      let trickle = Task {
        while !Task.isCancelled {
          try await channel.writeAndFlush(ByteBuffer(string: "X: 1\r\n"))
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      #expect(await client.response()?.status == 408)
      trickle.cancel()
      #expect(ContinuousClock.now - start < .seconds(5))
    }
  }

  @Test func doesNotTakeIdlenessForASlowHead() async throws {
    try await withServer {
      $0.timeouts.head = Self.short
    } _: { server in
      let client = try await server.connectUsed()
      try await Task.sleep(for: Self.short * 3)
      try await client.send(post("still here"))
      #expect(await client.response()?.text == "still here")
    }
  }

  @Test func closesANewConnectionThatStaysSilent() async throws {
    try await withServer {
      $0.timeouts.head = Self.short
    } _: { server in
      let client = try await server.connect()
      #expect(await client.endsSilently())
    }
  }

  @Test func closesAnIdleConnectionSilently() async throws {
    try await withServer {
      $0.timeouts.idle = .seconds(1)
    } _: { server in
      let client = try await server.connect()
      for _ in 0..<4 {
        try await client.send(post("x"))
        #expect(await client.response()?.text == "x")
        try await Task.sleep(for: .milliseconds(300))
      }
      #expect(await client.endsSilently())
    }
  }

  @Test(arguments: ["Content-Length: 10\r\n\r\nshort", "Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"])
  func answersABodyThatDoesNotEnd(rest: String) async throws {
    try await withServer {
      $0.timeouts.body = Self.short
    } _: { server in
      let answer = try await server.exchange("POST / HTTP/1.1\r\nHost: h\r\n" + rest)
      #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
    }
  }

  /// The service's own time is not the caller's: no wait runs while a request is being answered.
  @Test func givesTheResponderAllTheTimeItNeeds() async throws {
    try await withServer {
      $0.timeouts.head = Self.short
      $0.timeouts.body = Self.short
      $0.timeouts.idle = Self.short
      $0.timeouts.write = Self.short
    } respond: { _ in
      try? await Task.sleep(for: Self.short * 4)
      return ServiceResponse(status: 200, headers: [], body: [])
    } _: { server in
      let client = try await server.connect()
      try await client.send(post("x"))
      #expect(await client.response()?.status == 200)
    }
  }

  /// A caller that was refused may go on sending, but not for ever.
  @Test func lingersForABoundedTime() async throws {
    try await withServer {
      $0.timeouts.linger = Self.short
    } _: { server in
      let client = try await server.connect()
      try await client.send("nonsense\r\n\r\n")
      let start = ContinuousClock.now
      var failed = false
      while !failed, ContinuousClock.now - start < .seconds(20) {
        do { try await client.send("more nonsense") } catch { failed = true }
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(failed)
    }
  }
}

extension RunningServer {
  /// A connection that has served a request: what follows is not its first head, however slow this machine is.
  fileprivate func connectUsed() async throws -> WireClient {
    let client = try await connect()
    try await client.send(post("used"))
    #expect(await client.response()?.text == "used")
    return client
  }
}
