// Well-formed requests: what reaches the responder, what comes back, and when the connection stays open.

import AWSSigV4
import KMSServer
import KMSService
import NIOPosix
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ExchangeTests {
  @Test func answersWithDateAndLength() async throws {
    try await withServer { server in
      let client = try await server.connect()
      try await client.send(post("hello"))
      let response = try #require(await client.response())
      #expect(response.status == 200)
      #expect(response.text == "hello")
      #expect(response.header("content-length") == "5")
      #expect(response.header("x-line") == "POST /")
      #expect(response.header("x-secure") == "false")
      #expect(response.header("x-remote") == "127.0.0.1")
      #expect(response.header("connection") == nil)
      let date = try #require(response.header("date"))
      #expect(date.wholeMatch(of: /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/) != nil, "\(date)")
    }
  }

  @Test func keepsTheConnectionForManyRequests() async throws {
    try await withServer { server in
      let client = try await server.connect()
      for number in 0..<200 {
        try await client.send(post("request \(number)"))
        #expect(await client.response()?.text == "request \(number)")
      }
    }
  }

  /// Targets and fields are signed: whatever is changed on the way breaks the signature.
  @Test func passesTargetAndFieldsAsReceived() async throws {
    let seen = Mutex<ServiceRequest?>(nil)
    try await withServer(respond: { request in
      seen.withLock { $0 = request }
      return ServiceResponse(status: 204, headers: [], body: [])
    }) { server in
      let client = try await server.connect()
      try await client.send(
        "PUT /a%2fb//../c?x=1&y=%20&x HTTP/1.1\r\nHOST: h:8270\r\nX-B:  two  words \r\nx-a: 1\r\nX-B: again\r\n\r\n")
      #expect(await client.response()?.status == 204)
    }
    let request = try #require(seen.withLock { $0 })
    #expect(request.method == "PUT")
    #expect(request.target == "/a%2fb//../c?x=1&y=%20&x")
    #expect(request.body.isEmpty)
    #expect(
      request.headers == [
        HeaderField(name: "HOST", value: "h:8270"), HeaderField(name: "X-B", value: "two  words"),
        HeaderField(name: "x-a", value: "1"), HeaderField(name: "X-B", value: "again"),
      ])
  }

  @Test func answersPipelinedRequestsInOrder() async throws {
    // The earlier a request came, the longer it takes: out-of-order answers would show.
    try await withServer(respond: { request in
      let delay = String(decoding: request.body, as: UTF8.self)
      if let milliseconds = Int(delay) { try? await Task.sleep(for: .milliseconds(milliseconds)) }
      return ServiceResponse(status: 200, headers: [], body: request.body)
    }) { server in
      let client = try await server.connect()
      let bodies = ["40", "20", "no delay", "10", "", "last"]
      try await client.send(bodies.map { post($0) }.joined())
      for body in bodies { #expect(await client.response()?.text == body) }
    }
  }

  @Test func startsOneRequestAtATimePerConnection() async throws {
    let running = Tally()
    let mostRunning = Mutex(0)
    try await withServer(respond: { request in
      let now = running.increment()
      mostRunning.withLock { $0 = max($0, now) }
      try? await Task.sleep(for: .milliseconds(5))
      running.decrement()
      return ServiceResponse(status: 200, headers: [], body: [])
    }) { server in
      let client = try await server.connect()
      try await client.send(String(repeating: post("x"), count: 10))
      for _ in 0..<10 { #expect(await client.response()?.status == 200) }
    }
    #expect(mostRunning.withLock { $0 } == 1)
  }

  @Test func joinsARequestThatArrivesByteByByte() async throws {
    try await withServer { server in
      let client = try await server.connect()
      for byte in post("slowly").utf8 { try await client.send([byte]) }
      #expect(await client.response()?.text == "slowly")
    }
  }

  @Test(arguments: [0, 1, 1000, 65_536, 1 << 20])
  func takesBodiesUpToTheLimit(size: Int) async throws {
    try await withServer { server in
      let client = try await server.connect()
      let body = [UInt8]((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      try await client.send([UInt8]("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(size)\r\n\r\n".utf8) + body)
      #expect(await client.response()?.body == body)
    }
  }

  @Test func takesChunkedBodies() async throws {
    try await withServer { server in
      let client = try await server.connect()
      let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
      let body = "5\r\nhello\r\n1;name=value\r\n,\r\n006\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n"
      try await client.send(head + body + post("next"))
      #expect(await client.response()?.text == "hello, world")
      #expect(await client.response()?.text == "next")
    }
  }

  @Test func tellsTheCallerToContinueBeforeTheBody() async throws {
    try await withServer { server in
      let client = try await server.connect()
      try await client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n")
      #expect(await client.response()?.status == 100)
      try await client.send("body")
      #expect(await client.response()?.text == "body")
      // Who does not wait gets no interim answer.
      try await client.send(post("sent along", headers: "Expect: 100-continue\r\n"))
      #expect(await client.response()?.text == "sent along")
    }
  }

  @Test func keepsContinueBehindTheAnswerBefore() async throws {
    let entered = Signal()
    let release = Signal()
    try await withServer(respond: holding("first", entered, until: release)) { server in
      let client = try await server.connect()
      try await client.send(
        post("first") + "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n")
      await entered.wait()
      try await Task.sleep(for: .milliseconds(100))  // Time enough to say it too early.
      release.send()
      #expect(await client.response()?.text == "first")
      #expect(await client.response()?.status == 100)
      try await client.send("second")
      #expect(await client.response()?.text == "second")
    }
  }

  @Test func leavesTheBodyOutOfAnswersToHead() async throws {
    try await withServer(respond: { _ in
      ServiceResponse(status: 200, headers: [], body: [UInt8]("twelve bytes".utf8))
    }) { server in
      let client = try await server.connect()
      try await client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try #require(await client.response(hasBody: false))
      #expect(response.header("content-length") == "12")
      try await client.send(post("x"))
      #expect(await client.response()?.text == "twelve bytes")
    }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "close"),
    ("GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Close\r\n\r\n", "close"),
    ("GET / HTTP/1.0\r\n\r\n", "close"),
    ("GET / HTTP/1.0\r\nHost: h\r\n\r\n", "close"),
    // Another protocol is offered; it is declined, and nothing may follow.
    ("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", "close"),
    ("CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", "close"),
  ])
  func closesWhenTheRequestEndsTheConnection(request: String, connection: String) async throws {
    try await withServer { server in
      let answer = try await server.exchange(request)
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.contains("\r\nConnection: \(connection)\r\n"))
    }
  }

  @Test func keepsAnHTTP10ConnectionThatAsksForIt() async throws {
    try await withServer { server in
      let client = try await server.connect()
      for _ in 0..<2 {
        try await client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(await client.response()?.header("connection") == "keep-alive")
      }
    }
  }

  @Test func answersTheLastRequestWhateverComesBehindIt() async throws {
    let entered = Signal()
    let release = Signal()
    try await withServer(respond: holding("last", entered, until: release)) { server in
      let client = try await server.connect()
      try await client.send(post("last", headers: "Connection: close\r\n"))
      await entered.wait()
      for junk in ["junk", "more"] {
        try await client.send(junk)
        try await Task.sleep(for: .milliseconds(50))
      }
      release.send()
      #expect(await client.response()?.text == "last")
    }
  }

  @Test func takesTheNextRequestInPiecesMeanwhile() async throws {
    let entered = Signal()
    let release = Signal()
    try await withServer(respond: holding("first", entered, until: release)) { server in
      let client = try await server.connect()
      try await client.send(post("first"))
      await entered.wait()
      for piece in ["POST / HTTP/1.1\r\nHo", "st: h\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n"] {
        try await client.send(piece)
        try await Task.sleep(for: .milliseconds(50))
      }
      release.send()
      #expect(await client.response()?.text == "first")
      #expect(await client.response()?.status == 100)
      try await client.send("second")
      #expect(await client.response()?.text == "second")
    }
  }

  @Test func answersNothingAfterTheLastRequest() async throws {
    let count = Tally()
    try await withServer(respond: { _ in
      count.increment()
      return ServiceResponse(status: 200, headers: [], body: [])
    }) { server in
      let answer = try await server.exchange(post("last", headers: "Connection: close\r\n") + post("too late"))
      #expect(answer.components(of: "HTTP/1.1").count == 2)
    }
    #expect(count.value == 1)
  }

  @Test func ownsTheFramingFields() async throws {
    try await withServer(respond: { _ in
      ServiceResponse(
        status: 200,
        headers: [
          HeaderField(name: "Content-Length", value: "9999"), HeaderField(name: "transfer-encoding", value: "chunked"),
          HeaderField(name: "Connection", value: "upgrade"), HeaderField(name: "DATE", value: "never"),
          HeaderField(name: "X-Forged", value: "a\r\nSet-Cookie: b\u{0}\u{7F}"),
          HeaderField(name: "X\r\nY", value: "é"),
        ], body: [UInt8]("body".utf8))
    }) { server in
      let client = try await server.connect()
      try await client.send(post(""))
      let response = try #require(await client.response())
      #expect(response.headers.map(\.name) == ["date", "x-forged", "x  y", "content-length"])
      #expect(response.header("x-forged") == "a  Set-Cookie: b  ")
      #expect(response.header("x  y") == "é")
      #expect(response.header("content-length") == "4")
      #expect(response.text == "body")
    }
  }

  @Test(arguments: [(200, 200), (204, 204), (404, 404), (503, 503), (0, 500), (100, 500), (-1, 500), (1000, 500)])
  func sendsOnlyFinalStatuses(given: Int, sent: Int) async throws {
    try await withServer(respond: { _ in
      ServiceResponse(status: given, headers: [], body: [])
    }) { server in
      let client = try await server.connect()
      try await client.send(post(""))
      #expect(await client.response()?.status == sent)
    }
  }

  @Test func runsTheResponderOnTheConnectionsEventLoop() async throws {
    try await withServer(respond: { _ in
      let before = MultiThreadedEventLoopGroup.currentEventLoop
      try? await Task.sleep(for: .milliseconds(1))
      let after = MultiThreadedEventLoopGroup.currentEventLoop
      await elsewhere()
      let back = MultiThreadedEventLoopGroup.currentEventLoop
      let stayed = before != nil && before === after && before === back
      return ServiceResponse(status: stayed ? 200 : 500, headers: [], body: [])
    }) { server in
      let client = try await server.connect()
      for _ in 0..<5 {
        try await client.send(post(""))
        #expect(await client.response()?.status == 200)
      }
    }
  }
}

/// An actor's work happens on the global executor; the caller must come back from it.
private actor Elsewhere {
  static let shared = Elsewhere()
  func visit() async { await Task.yield() }
}

private func elsewhere() async { await Elsewhere.shared.visit() }
