// The exact request that leaves the client, and that a server accepts its signature.

import AWSJSON
import AWSSigV4
import ClientTestSupport
import KMSClient
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Signed requests")
struct SignedRequestTests {
  /// 2015-08-30T12:36:00Z, the time of AWS's own signing examples.
  private let time = SigningTime(secondsSinceEpoch: 1_440_938_160)

  private func request(
    _ input: Echo.Input, endpoint: String = "http://127.0.0.1:8270",
    credentials: some CredentialsProvider = exampleCredentials
  ) async throws -> TransportRequest {
    let transport = InMemoryTransport(body: #"{"Text":"ok"}"#)
    let client = KMSClient(
      runtime: ClientRuntime(
        makeConfiguration(endpoint, credentials: credentials, timeout: .seconds(7)), transport: transport,
        ownTransport: nil, clock: ManualClock(start: time.secondsSinceEpoch).callClock))
    #expect(try await client.send(Echo.self, input) == Echo.Output(text: "ok"))
    #expect(transport.requests.count == 1)
    return try #require(transport.requests.first)
  }

  private func verify(_ request: TransportRequest, target: String = "/") throws -> VerifiedSignature {
    let signable = SignableRequest(method: "POST", target: target, headers: request.headers, body: request.body)
    let checked = try SignedRequest(parsing: signable).checked(service: "kms", now: time) { $0 == "us-east-1" }
    let secret = SecretBytes("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".utf8)
    return try checked.verified(with: SigningKey.derive(secret: secret, scope: checked.signedRequest.scope))
  }

  private func value(_ name: String, in request: TransportRequest) -> [String] {
    request.headers.filter { $0.isNamed(name) }.map(\.value)
  }

  @Test("every byte of a request")
  func exact() async throws {
    let request = try await request(Echo.Input(text: "hé\"", secret: SecretBytes([0, 1, 2, 255])))
    #expect(request.url == "http://127.0.0.1:8270/")
    #expect(request.timeout == .seconds(7))
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"Text":"hé\"","Secret":"AAEC/w=="}"#)
    #expect(value("host", in: request) == ["127.0.0.1:8270"])
    #expect(value("content-type", in: request) == ["application/x-amz-json-1.1"])
    #expect(value("x-amz-target", in: request) == ["TestService.Echo"])
    #expect(value("x-amz-date", in: request) == ["20150830T123600Z"])
    #expect(value("user-agent", in: request) == ["keywright-swift/0.2"])
    #expect(value("amz-sdk-request", in: request) == ["attempt=1; max=1"])
    #expect(value("amz-sdk-invocation-id", in: request).map(\.count) == [36])
    #expect(value("x-amz-security-token", in: request) == [])
    let authorization = try #require(value("authorization", in: request).first)
    #expect(
      authorization.hasPrefix(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/kms/aws4_request, "
          + "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-type;host;x-amz-date;x-amz-target, "
          + "Signature="))
    #expect(request.headers.count == 8)
  }

  @Test("an input without members is an empty object")
  func emptyInput() async throws {
    #expect(try await request(Echo.Input()).body == Array("{}".utf8))
  }

  @Test("the signature verifies")
  func verifies() async throws {
    let signature = try verify(try await request(Echo.Input(text: "x")))
    #expect(signature.accessKeyID == "AKIDEXAMPLE")
    #expect(signature.sessionToken == nil)
  }

  @Test("the session token is sent and signed")
  func sessionToken() async throws {
    let credentials: StaticCredentialsProvider = .static(
      accessKeyID: "ASIAEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: "tok/en+=")
    let signed = try await request(Echo.Input(), credentials: credentials)
    #expect(value("x-amz-security-token", in: signed) == ["tok/en+="])
    #expect(value("authorization", in: signed).first?.contains(";x-amz-security-token;") == true)
    #expect(try verify(signed).sessionToken == "tok/en+=")
  }

  @Test(
    "an endpoint's path and port are signed as they are sent",
    arguments: [
      ("https://kms.example:443/base/path", "/base/path/", "kms.example"),
      ("http://[::1]:99/x/", "/x/", "[::1]:99"),
    ])
  func path(endpoint: String, path: String, host: String) async throws {
    let request = try await request(Echo.Input(), endpoint: endpoint)
    #expect(value("host", in: request) == [host])
    #expect(try verify(request, target: path).accessKeyID == "AKIDEXAMPLE")
  }

  @Test("an altered request does not verify")
  func altered() async throws {
    let original = try await request(Echo.Input(text: "x"))
    var body = original
    body.body[3] ^= 1
    #expect(throws: SignatureError.self) { try verify(body) }
    for name in ["host", "content-type", "x-amz-target", "x-amz-date"] {
      var changed = original
      let index = try #require(changed.headers.firstIndex { $0.isNamed(name) })
      changed.headers[index].value += "0"
      #expect(throws: SignatureError.self, "\(name)") { try verify(changed) }
    }
  }

  @Test("printing a request shows neither token nor body")
  func redaction() async throws {
    let credentials: StaticCredentialsProvider = .static(
      accessKeyID: "ASIAEXAMPLE", secretAccessKey: "s", sessionToken: "t0k3n")
    let request = try await request(Echo.Input(text: "plaintext"), credentials: credentials)
    var dumped = ""
    dump(request, to: &dumped)
    for text in [dumped, "\(request)", String(reflecting: request)] {
      #expect(!text.contains("t0k3n") && !text.contains("plaintext") && !text.contains("\(request.body[0])"))
    }
  }
}
