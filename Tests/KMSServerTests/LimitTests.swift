// What is too large or too much: refused with the right status, and without harm to the requests before it.

import AWSSigV4
import KMSService
import NIOCore
import Testing

@testable import KMSServer

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
  static let tooLarge = #"{"__type":"RequestEntityTooLargeException"}"#

  @Test func refusesADeclaredBodyBeforeItIsSent() async throws {
    try await withServer { server in
      let answer = try await server.exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
      #expect(answer.contains("\r\nConnection: close\r\n"))
      #expect(answer.hasSuffix("\r\n\r\n" + Self.tooLarge))
    }
  }

  @Test func refusesInsteadOfTellingToContinue() async throws {
    try await withServer { server in
      let answer = try await server.exchange(
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
    }
  }

  @Test func refusesAChunkedBodyOnceItIsTooLarge() async throws {
    try await withServer {
      $0.limits.maximumBodyBytes = 1000
    } _: { server in
      let chunks = String(repeating: "64\r\n" + String(repeating: "x", count: 100) + "\r\n", count: 11)
      let answer = try await server.exchange(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
      #expect(answer.hasSuffix(Self.tooLarge))
    }
  }

  /// The caller is still sending when it is refused. Were the connection closed at once it would be reset, and some
  /// callers would lose the answer with it.
  @Test func lingersSoThatACallerInFullFlowGetsTheAnswer() async throws {
    try await withServer {
      $0.timeouts.linger = .seconds(30)
    } _: { server in
      let client = try await WireClient.connect(port: server.port, outlivesServer: true)
      try await client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8388608\r\n\r\n")
      for _ in 0..<128 { try await client.send([UInt8](repeating: 0x78, count: 65_536)) }
      #expect(await client.response()?.status == 413)
      await client.close()
    }
  }

  /// While a request is being answered the rest stays where it is: in the caller's and the kernel's buffers.
  @Test func doesNotReadAheadOfItsAnswers() async throws {
    let release = Signal()
    let entered = Signal()
    let taken = Tally()
    let total = 64
    try await withServer(respond: { request in
      entered.send()
      await release.wait()
      return ServiceResponse(status: 200, headers: [], body: [])
    }) { server in
      let client = try await server.connect()
      try await client.send(post("held"))
      await entered.wait()
      let body = String(repeating: "x", count: 1 << 20)
      let channel = client.channel
      let flood = Task {
        for _ in 0..<total {
          try await channel.writeAndFlush(ByteBuffer(string: post(body)))
          taken.increment()
        }
      }
      // Until nothing more is taken for a while, or all is.
      var seen = -1
      while taken.value != seen, taken.value < total {
        seen = taken.value
        try await Task.sleep(for: .milliseconds(700))
      }
      #expect(taken.value < total / 2)
      release.send()
      for _ in 0...total { #expect(await client.response()?.status == 200) }
      try await flood.value
    }
  }

  @Test(arguments: [(100, 200), (1000, 200), (1001, 414), (3000, 414), (5000, 414), (200_000, 414)])
  func boundsTheTarget(length: Int, status: Int) async throws {
    try await withServer {
      $0.limits.maximumTargetBytes = 1000
      $0.limits.maximumHeadBytes = 4000
    } _: { server in
      let target = "/" + String(repeating: "a", count: length - 1)
      let answer = try await server.exchange("GET \(target) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(40))")
    }
  }

  @Test(arguments: [(1000, 200), (3500, 200), (4100, 431), (100_000, 431)])
  func boundsTheHead(length: Int, status: Int) async throws {
    try await withServer {
      $0.limits.maximumTargetBytes = 1000
      $0.limits.maximumHeadBytes = 4000
    } _: { server in
      let value = String(repeating: "a", count: length)
      let one = try await server.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: \(value)\r\n\r\n")
      #expect(one.hasPrefix("HTTP/1.1 \(status) "), "one long field: \(one.prefix(40))")
      let fields = (0..<50).map { "X\($0): \(value.prefix(length / 50))\r\n" }.joined()
      let many = try await server.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\(fields)\r\n")
      #expect(many.hasPrefix("HTTP/1.1 \(status) "), "many fields: \(many.prefix(40))")
    }
  }

  @Test func boundsATooLongFieldThatArrivesInPieces() async throws {
    try await withServer { server in
      let client = try await server.connect()
      try await client.send("GET / HTTP/1.1\r\nHost: h\r\nX: ")
      for _ in 0..<20 {
        try? await client.send(String(repeating: "a", count: 1000))
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(await client.response()?.status == 431)
    }
  }

  @Test(arguments: [(99, 200), (100, 431)])
  func boundsTheNumberOfFields(count: Int, status: Int) async throws {
    try await withServer { server in
      let fields = (0..<count - 1).map { "X\($0): 1\r\n" }.joined()
      let answer = try await server.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\(fields)\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(40))")
    }
  }

  @Test func boundsTrailers() async throws {
    try await withServer { server in
      let answer = try await server.exchange(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX: "
          + String(repeating: "a", count: 20_000))
      #expect(answer.hasPrefix("HTTP/1.1 431 "), "\(answer.prefix(40))")
    }
  }

  @Test func closesConnectionsBeyondTheLimit() async throws {
    try await withServer {
      $0.limits.maximumConnections = 3
    } _: { server in
      var clients: [WireClient] = []
      for _ in 0..<3 {
        let client = try await server.connect()
        try await client.send(post("in"))
        #expect(await client.response()?.text == "in")
        clients.append(client)
      }
      let extra = try await server.connect()
      #expect(await extra.endsSilently())
      // The others do not notice, and the place of one that leaves is free again.
      try await clients[0].send(post("still in"))
      #expect(await clients[0].response()?.text == "still in")
      await clients[1].close()
      var isAdmitted = false
      for _ in 0..<100 where !isAdmitted {
        let client = try await server.connect()
        try? await client.send(post("in"))
        isAdmitted = await client.response()?.text == "in"
        if !isAdmitted { try await Task.sleep(for: .milliseconds(5)) }
      }
      #expect(isAdmitted)
    }
  }

  @Test func answersUnavailableBeyondTheRequestsInFlight() async throws {
    let release = Signal()
    let entered = Signal()
    try await withServer {
      $0.limits.maximumRequestsInFlight = 1
    } respond: { request in
      if request.body.isEmpty {
        entered.send()
        await release.wait()
      }
      return ServiceResponse(status: 200, headers: [], body: request.body)
    } _: { server in
      let slow = try await server.connect()
      try await slow.send(post(""))
      await entered.wait()
      let other = try await server.connect()
      try await other.send(post("x"))
      let refused = try #require(await other.response())
      #expect(refused.status == 503)
      #expect(refused.text.contains("ServiceUnavailableException"))
      #expect(refused.header("retry-after") == "1")
      // Health checks are answered all the same, and the connection can be used once there is room.
      try await other.send("GET /health HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await other.response()?.status == 200)
      release.send()
      #expect(await slow.response()?.status == 200)
      try await other.send(post("x"))
      #expect(await other.response()?.text == "x")
    }
  }

  @Test func dropsRequestsThatArePipelinedTooDeep() async throws {
    let count = Tally()
    let entered = Signal()
    let release = Signal()
    try await withServer {
      $0.limits.maximumPipelinedRequests = 4
    } respond: { _ in
      if count.increment() == 1 {
        entered.send()
        await release.wait()
      }
      return ServiceResponse(status: 200, headers: [], body: [])
    } _: { server in
      let client = try await server.connect()
      try await client.send(String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: 30))
      await entered.wait()
      try await Task.sleep(for: .milliseconds(100))  // Until the rest of that read is taken in.
      release.send()
      // The one that was being answered, and four behind it; the last says that it is the last.
      for _ in 0..<4 { #expect(await client.response()?.header("connection") == nil) }
      #expect(await client.response()?.header("connection") == "close")
      #expect(await client.response() == nil)
    }
    #expect(count.value == 5)
  }

  /// A caller that sends without reading must not make the server pile up answers.
  @Test func stopsAnsweringACallerThatDoesNotRead() async throws {
    let count = Tally()
    try await withServer {
      $0.timeouts.write = .milliseconds(300)
    } respond: { _ in
      count.increment()
      return ServiceResponse(status: 200, headers: [], body: [UInt8](repeating: 0x78, count: 1 << 20))
    } _: { server in
      let client = try await WireClient.connect(port: server.port, readsAutomatically: false)
      for _ in 0..<100 { try? await client.send(post("")) }
      try await Task.sleep(for: .milliseconds(900))
      #expect(count.value < 30)
      // It was cut: the rest of the answers never comes.
      try? await client.channel.setOption(.autoRead, value: true).get()
      let received = await client.readToEnd().count
      #expect(received < 30 << 20)
    }
  }
}
