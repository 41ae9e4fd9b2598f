// Requests that are not HTTP, or that two readers could understand in two ways.

import KMSService
import Testing

@testable import KMSServer

@Suite(.timeLimit(.minutes(1)))
struct MalformedRequestTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    let status: Int
    var testDescription: String { name }
    init(_ name: String, _ status: Int, _ request: String) {
      (self.name, self.status, self.request) = (name, status, request)
    }
  }

  static let malformed = [
    Case("no HTTP at all", 400, "hello there\r\n\r\n"),
    Case("TLS on a plain port", 400, "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}"),
    Case("lower-case method", 400, "post / HTTP/1.1\r\nHost: h\r\n\r\n"),
    Case("unknown method", 400, "FROB / HTTP/1.1\r\nHost: h\r\n\r\n"),
    Case("no target", 400, "GET HTTP/1.1\r\nHost: h\r\n\r\n"),
    Case("relative target", 400, "GET a b HTTP/1.1\r\nHost: h\r\n\r\n"),
    Case("control character in the target", 400, "GET /\u{1} HTTP/1.1\r\nHost: h\r\n\r\n"),
    Case("other protocol", 400, "GET / SPDY/1.1\r\nHost: h\r\n\r\n"),
    Case("HTTP/0.9", 505, "GET /\r\n\r\n"),
    Case("HTTP/1.2", 505, "GET / HTTP/1.2\r\nHost: h\r\n\r\n"),
    Case("HTTP/2.0 in HTTP/1 form", 505, "GET / HTTP/2.0\r\nHost: h\r\n\r\n"),
    Case("HTTP/2 preface", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Case("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
    Case("two Hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    Case("two Hosts in HTTP/1.0", 400, "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
    Case("field without a colon", 400, "GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n"),
    Case("field without a name", 400, "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n"),
    Case("space before the colon", 400, "GET / HTTP/1.1\r\nHost: h\r\nX : 1\r\n\r\n"),
    Case("bad byte in a name", 400, "GET / HTTP/1.1\r\nHost: h\r\nX(Y): 1\r\n\r\n"),
    Case("NUL in a value", 400, "GET / HTTP/1.1\r\nHost: h\r\nX: a\u{0}b\r\n\r\n"),
    Case("bare CR in a value", 400, "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n"),
    Case("folded field", 400, "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n"),
    Case("unknown expectation", 417, "POST / HTTP/1.1\r\nHost: h\r\nExpect: cake\r\nContent-Length: 1\r\n\r\nx"),
  ]

  /// Each of these was used, somewhere, to hide a second request from one of two servers in a row.
  static let ambiguous = [
    Case("length and chunked", 400, framed("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
    Case("chunked and length", 400, framed("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")),
    Case("two lengths", 400, framed("Content-Length: 5\r\nContent-Length: 6\r\n")),
    Case("two equal lengths", 400, framed("Content-Length: 5\r\nContent-Length: 5\r\n")),
    Case("list of lengths", 400, framed("Content-Length: 5, 5\r\n")),
    Case("negative length", 400, framed("Content-Length: -5\r\n")),
    Case("signed length", 400, framed("Content-Length: +5\r\n")),
    Case("hexadecimal length", 400, framed("Content-Length: 0x5\r\n")),
    Case("length with a space inside", 400, framed("Content-Length: 5 0\r\n")),
    Case("empty length", 400, framed("Content-Length:\r\n")),
    Case("overflowing length", 400, framed("Content-Length: 18446744073709551621\r\n")),
    Case("chunked twice", 400, framed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
    Case("coding before chunked", 501, framed("Transfer-Encoding: gzip, chunked\r\n")),
    Case("coding after chunked", 400, framed("Transfer-Encoding: chunked, identity\r\n")),
    Case("identity", 501, framed("Transfer-Encoding: identity\r\n")),
    Case("almost chunked", 501, framed("Transfer-Encoding: xchunked\r\n")),
    Case("vertical tab before chunked", 400, framed("Transfer-Encoding: \u{B}chunked\r\n")),
    Case("space in the name", 400, framed("Transfer-Encoding : chunked\r\n")),
    Case("name folded away", 400, framed("X: y\r\n Transfer-Encoding: chunked\r\n")),
    Case("field after a bare LF", 400, framed("X: y\nTransfer-Encoding: chunked\r\n")),
    Case("field after a bare CR", 400, framed("X: y\rTransfer-Encoding: chunked\r\n")),
    Case("chunked in HTTP/1.0", 400, "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Case("chunk size with a sign", 400, chunked("+5\r\nhello\r\n0\r\n\r\n")),
    Case("chunk size in 0x form", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n")),
    Case("empty chunk size", 400, chunked("\r\nhello\r\n0\r\n\r\n")),
    Case("overflowing chunk size", 400, chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")),
    Case("chunk longer than its size", 400, chunked("4\r\nhello\r\n0\r\n\r\n")),
    Case("chunk ended by a bare LF", 400, chunked("5\r\nhello\n0\r\n\r\n")),
    Case("chunk size ended by a bare LF", 400, chunked("5\nhello\r\n0\r\n\r\n")),
    Case("space after the chunk size", 400, chunked("5 \r\nhello\r\n0\r\n\r\n")),
  ]

  private static func framed(_ fields: String) -> String {
    "POST / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
  }

  private static func chunked(_ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body
      + "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
  }

  @Test(arguments: malformed + ambiguous)
  func refusesAndCloses(_ test: Case) async throws {
    let reached = Tally()
    try await withServer(respond: { request in
      reached.increment()
      return ServiceResponse(status: 200, headers: [], body: [])
    }) { server in
      let answer = try await server.exchange(test.request)
      #expect(answer.hasPrefix("HTTP/1.1 \(test.status) "), "\(answer)")
      #expect(answer.contains("\r\nConnection: close\r\n"))
      #expect(answer.components(of: "HTTP/1.1 ").count == 2, "one answer, and nothing after it")
    }
    #expect(reached.value == 0, "neither the request nor one hidden in it may reach the service")
  }

  @Test func answersTheRequestsBeforeAMalformedOne() async throws {
    try await withServer(respond: { request in
      try? await Task.sleep(for: .milliseconds(20))
      return ServiceResponse(status: 200, headers: [], body: request.body)
    }) { server in
      let client = try await server.connect()
      try await client.send(post("one") + post("two") + "rubbish\r\n\r\n")
      #expect(await client.response()?.text == "one")
      #expect(await client.response()?.text == "two")
      #expect(await client.response()?.status == 400)
      #expect(await client.response() == nil)
    }
  }
}
