// Error replies in every shape that services and proxies send, and clients' own failures.

import AWSJSON
import Testing

@Suite("Error replies")
struct ErrorReplyTests {
  private func reply(_ body: String, status: Int = 400, headers: [String: String] = [:]) -> ServiceErrorReply {
    ServiceErrorReply(statusCode: status, body: Array(body.utf8)) { headers[$0] }
  }

  /// The spellings of Smithy's protocol tests for `FooError` in awsJson 1.0 and 1.1.
  @Test(
    "the code, wherever it stands",
    arguments: [
      (#"{"__type":"FooError"}"#, nil), (#"{"__type":"aws.protocoltests.json#FooError"}"#, nil),
      (#"{"__type":"aws.different.namespace#FooError"}"#, nil),
      (
        #"{"__type":"aws.protocoltests.json#FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/"}"#,
        nil
      ),
      (#"{"code":"FooError"}"#, nil), (#"{"code":"aws.protocoltests.json#FooError"}"#, nil),
      (#"{"code":"aws.protocoltests.json#FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/"}"#, nil),
      (
        #"{"__type":"aws.protocoltests.json#FooError","ErrorDetails":[{"__type":"com.amazon.internal#ErrorDetails"}]}"#,
        nil
      ),
      ("", "FooError"), ("{}", "FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/"),
      ("{}", "aws.protocoltests.restjson#FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/"),
      (#"{"__type":"Other","code":"Another"}"#, "FooError"), (#"{"code":"Other","__type":"FooError"}"#, nil),
      (#"{"code":42,"__type":"FooError"}"#, nil), (#"{"__type":null,"code":"FooError"}"#, nil), ("<html>", "FooError"),
      (##"{"__type":"#","code":"FooError"}"##, ""), (#"{"__type":" FooError "}"#, ":"),
    ] as [(String, String?)])
  func codes(body: String, header: String?) {
    let found = reply(body, headers: header.map { ["x-amzn-errortype": $0] } ?? [:])
    #expect(found.code == "FooError")
  }

  @Test("the message in either spelling, the request id and the status")
  func members() {
    #expect(
      reply(#"{"__type":"NotFoundException","message":"gone"}"#, headers: ["x-amzn-requestid": "r-1"])
        == ServiceErrorReply(code: "NotFoundException", message: "gone", requestID: "r-1", statusCode: 400))
    #expect(reply(#"{"__type":"A","Message":"capital"}"#).message == "capital")
    #expect(reply(#"{"Message":"capital","message":"small"}"#).message == "small")
    #expect(reply(#"{"message":"small","Message":"capital"}"#).message == "small")
    #expect(reply(#"{"message":null,"Message":"capital"}"#).message == "capital")
    #expect(reply(#"{"__type":"A"}"#).message == nil)
    #expect(reply(#"{"__type":"A","message":""}"#).message == "")
    #expect(reply(#"{"__type":"A","message":{"a":1}}"#).message == nil)
    #expect(reply("", status: 500, headers: ["x-amz-request-id": "r-2"]).requestID == "r-2")
  }

  @Test(
    "a body that is no error object still gives an error",
    arguments: [
      ("", nil), ("{}", nil), ("[]", "[]"), ("<html>502 Bad Gateway</html>", "<html>502 Bad Gateway</html>"),
      ("  \n text", "text"), (" \n", nil), ("{\"__type\":\"X\"", "{\"__type\":\"X\""),
      ("{\"__type\":\"X\"} trailing", "{\"__type\":\"X\"} trailing"), ("null", "null"),
    ] as [(String, String?)])
  func garbage(body: String, message: String?) {
    #expect(
      reply(body, status: 502) == ServiceErrorReply(code: "502", message: message, requestID: nil, statusCode: 502))
  }

  @Test("a long or binary body is shown in part, and cannot trap")
  func long() {
    #expect(reply(String(repeating: "x", count: 100_000)).message?.count == 1024)
    let binary = ServiceErrorReply(statusCode: 503, body: [0xFF, 0xFE, 0x00]) { _ in nil }
    #expect(binary.code == "503")
    #expect(binary.message == "\u{FFFD}\u{FFFD}\0")
  }

  @Test("clients' failures say what happened")
  func failures() {
    let transport = TransportError("connection refused", mayHaveReachedServer: false)
    #expect("\(transport)" == "connection refused")
    #expect(!transport.mayHaveReachedServer)
    #expect("\(TimeoutError("no answer in 5 s", mayHaveReachedServer: true))" == "no answer in 5 s")
    #expect("\(CredentialsError("no credentials found"))" == "no credentials found")
    let decoding = DecodingFailure(.malformed(.syntax(offset: 2)), statusCode: 200, requestID: "r")
    #expect("\(decoding)" == "The body is not valid JSON (at byte 2)")
    #expect("\(DecodingFailure(.missing(message: "m"), statusCode: 200, requestID: nil))" == "m")
    #expect(ClientFailure.transport(transport) != .cancelled)
  }
}
