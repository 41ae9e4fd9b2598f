// Every kind of reply becomes an output or a typed error: nothing escapes, nothing traps.

import AWSJSON
import AWSSigV4
import ClientTestSupport
import KMSClient
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Replies")
struct ReplyTests {
  private func reply(
    _ status: Int, _ body: String, _ headers: [String: String] = ["x-amzn-RequestId": "request-1"]
  ) async -> Result<Echo.Output, Echo.Failure> {
    let client = makeClient(InMemoryTransport(status: status, headers: headers, body: body))
    return await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
  }

  @Test("an output, secret and all")
  func output() async throws {
    let result = await reply(200, #"{"Text":"a","Secret":"c2VjcmV0","Unknown":[{}]}"#)
    #expect(result == .success(Echo.Output(text: "a", secret: SecretBytes("secret".utf8))))
  }

  @Test(
    "the content type does not matter, the bytes do",
    arguments: [nil, "application/x-amz-json-1.0", "application/json; charset=utf-8", "text/html", "", "\u{7F}"])
  func contentType(type: String?) async {
    var headers: [String: String] = [:]
    headers["Content-Type"] = type
    #expect(await reply(200, #"{"Text":"a"}"#, headers) == .success(Echo.Output(text: "a")))
    guard case .failure(.client(.decoding)) = await reply(200, "<html></html>", headers) else {
      Issue.record("HTML was taken for an output")
      return
    }
  }

  @Test(
    "a success that is no output",
    arguments: [
      "", "{}", "null", "[]", "\"text\"", "1", "{", "{\"Text\"", "{\"Text\":", "{\"Text\":\"a", "{\"Text\":\"a\"",
      "{\"Text\":\"a\"}}", "{\"Text\":\"a\"} x", "{\"Text\":1}", "{\"Text\":null}", "{\"Text\":\"a\",\"Secret\":\"*\"}",
      "{\"Text\":\"a\",\"Secret\":[]}", "<html><body>Sign in to the network</body></html>", "\u{FEFF}{\"Text\":\"a\"}",
      "{\"Text\":\"\\ud800\"}", "\0\0\0", String(repeating: "[", count: 100_000),
      "{\"X\":" + String(repeating: "{\"X\":", count: 10_000),
    ])
  func notAnOutput(body: String) async {
    guard case .failure(.client(.decoding(let failure))) = await reply(200, body) else {
      Issue.record("taken for an output")
      return
    }
    #expect(failure.statusCode == 200)
    #expect(failure.requestID == "request-1")
  }

  @Test("bytes that are not UTF-8")
  func invalidUTF8() async {
    for body in [[0xFF, 0xFE], Array("{\"Text\":\"".utf8) + [0xC0, 0x80] + Array("\"}".utf8), [0x80]] as [[UInt8]] {
      for status in [200, 400, 502] {
        let client = makeClient(
          InMemoryTransport { _ in TransportResponse(statusCode: status, headers: [], body: body) })
        let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
        switch result {
        case .failure(.client(.decoding)): #expect(status == 200)
        case .failure(.service(let reply)): #expect(reply.code == "\(status)" && status != 200)
        default: Issue.record("\(result)")
        }
      }
    }
  }

  @Test("a decoding error tells nothing of the body")
  func decodingErrorIsSafe() async {
    let result = await reply(200, #"{"Text":"hunter2","Secret":"hunter2"}"#)
    guard case .failure(.client(.decoding(let failure))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(!"\(failure)\(failure.reason)".contains("hunter2"))
  }

  @Test(
    "error replies",
    arguments: [
      // what KMS sends
      (400, #"{"__type":"NotFoundException","message":"no key"}"#, [:], "NotFoundException", "no key"),
      (400, #"{"__type":"AccessDeniedException","Message":"denied"}"#, [:], "AccessDeniedException", "denied"),
      (400, #"{"__type":"InvalidCiphertextException"}"#, [:], "InvalidCiphertextException", nil),
      (400, #"{"__type":"com.amazonaws.kms#DisabledException","message":""}"#, [:], "DisabledException", ""),
      (400, #"{"__type":"DisabledException:http://internal/","message":"x"}"#, [:], "DisabledException", "x"),
      (400, #"{"message":"x"}"#, ["x-amzn-ErrorType": "DisabledException"], "DisabledException", "x"),
      // what others send in its place
      (502, "<html><h1>502 Bad Gateway</h1></html>", [:], "502", "<html><h1>502 Bad Gateway</h1></html>"),
      (503, "", [:], "503", nil),
      (500, "{", [:], "500", "{"),
      (400, "[]", [:], "400", "[]"),
      (400, "null", [:], "400", "null"),
      (400, "{}", [:], "400", nil),
      (400, #"{"__type":7,"message":{"a":1}}"#, [:], "400", nil),
      (400, #"{"__type":"","message":"x"}"#, [:], "400", "x"),
      (302, "", ["Location": "http://elsewhere/"], "302", nil),
      (100, "", [:], "100", nil),
      (0, "", [:], "0", nil),
      (999, "x", [:], "999", "x"),
    ] as [(Int, String, [String: String], String, String?)])
  func errors(status: Int, body: String, headers: [String: String], code: String, message: String?) async {
    let withID = headers.merging(["X-AMZN-REQUESTID": "request-2"]) { _, new in new }
    let expected = ServiceErrorReply(code: code, message: message, requestID: "request-2", statusCode: status)
    #expect(await reply(status, body, withID) == .failure(.service(expected)))
  }

  @Test("every failure of the transport has its case")
  func transportFailures() async {
    let failures: [(TransportFailure, ClientFailure)] = [
      (
        .connection(TransportError("x", mayHaveReachedServer: true)),
        .transport(TransportError("x", mayHaveReachedServer: true))
      ),
      (
        .timeout(TimeoutError("x", mayHaveReachedServer: false)),
        .timeout(TimeoutError("x", mayHaveReachedServer: false))
      ),
      (.cancelled, .cancelled),
    ]
    for (thrown, expected) in failures {
      let client = makeClient(InMemoryTransport { (_) throws(TransportFailure) in throw thrown })
      let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
      #expect(result == .failure(.client(expected)))
    }
  }

  @Test("random bytes, any status: always one of the two")
  func fuzz() async {
    var generator = SplitMix64(seed: 0x4B4D53)
    for _ in 0..<2_000 {
      var body = Array(#"{"__type":"Code","Text":"a","Secret":"c2VjcmV0","message":"m"}"#.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        switch Int.random(in: 0...2, using: &generator) {
        case 0: body[Int.random(in: body.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        case 1: body.removeLast(Int.random(in: 0..<body.count, using: &generator))
        default: body.insert(UInt8.random(in: 0...255, using: &generator), at: 0)
        }
        if body.isEmpty { break }
      }
      let status = [200, 400, 500].randomElement(using: &generator) ?? 200
      let client = makeClient(
        InMemoryTransport { [body] _ in TransportResponse(statusCode: status, headers: [], body: body) })
      let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
      switch result {
      case .success, .failure(.client(.decoding)): #expect(status == 200)
      case .failure(.service(let reply)): #expect(reply.statusCode == status && status != 200 && !reply.code.isEmpty)
      case .failure: Issue.record("\(result)")
      }
    }
  }
}

/// A small seeded generator (Steele, Lea, Flood 2014), so that a failure can be repeated.
private struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
