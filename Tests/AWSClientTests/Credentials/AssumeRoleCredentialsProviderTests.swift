// Assuming a role: what is asked of STS, how often, and what is told of its refusals.

import AWSJSON
import AWSSigV4
import SecureMemory
import Testing

@testable import AWSClient

@Suite("AssumeRole credentials provider")
struct AssumeRoleCredentialsProviderTests {
  private static let credentials = """
    <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
    <SessionToken>token</SessionToken><Expiration>2026-07-25T18:20:00Z</Expiration></Credentials>
    """
  private static let success = SequenceTransport.Answer.reply(
    200, body: "<AssumeRoleResponse><AssumeRoleResult>\(credentials)</AssumeRoleResult></AssumeRoleResponse>")

  private static func refusal(_ code: String, _ message: String = "no", status: Int = 400) -> SequenceTransport.Answer {
    .reply(
      status,
      body: "<ErrorResponse><Error><Code>\(code)</Code><Message>\(message)</Message></Error></ErrorResponse>")
  }

  private static func provider(
    _ transport: SequenceTransport, clock: ManualClock = ManualClock(), region: String = "eu-central-1",
    externalID: String? = nil, policy: String? = nil, endpointURL: String? = nil,
    token: String? = "source-session-token"
  ) -> AssumeRoleCredentialsProvider {
    AssumeRoleCredentialsProvider(
      roleARN: "arn:aws:iam::111122223333:role/a+b", sessionName: "me@host",
      source: StaticCredentialsProvider(
        Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: SecretBytes("hush".utf8), sessionToken: token)),
      client: STSClient(region: region, endpointURL: endpointURL, transport: transport, clock: clock.callClock),
      externalID: externalID, duration: .seconds(900), policy: policy)
  }

  @Test("the request is a signed form, and the reply becomes credentials")
  func exchange() async throws {
    let transport = SequenceTransport([Self.success])
    let credentials = try await Self.provider(transport, externalID: "e x", policy: "{\"a\":\"ä\"}").credentials()
    #expect(
      credentials
        == Credentials(
          accessKeyID: "ASIA", secretAccessKey: SecretBytes("secret".utf8), sessionToken: "token",
          expiration: SigningTime(secondsSinceEpoch: 1_785_003_600)))

    let request = try #require(transport.requests.first)
    #expect(request.method == .post)
    #expect(request.url == "https://sts.eu-central-1.amazonaws.com/")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fa%2Bb"
        + "&RoleSessionName=me%40host&DurationSeconds=900&ExternalId=e%20x&Policy=%7B%22a%22%3A%22%C3%A4%22%7D")
    func header(_ name: String) -> String? { request.headers.first { $0.isNamed(name) }?.value }
    #expect(header("host") == "sts.eu-central-1.amazonaws.com")
    #expect(header("content-type") == "application/x-www-form-urlencoded; charset=utf-8")
    #expect(header("x-amz-security-token") == "source-session-token")
    #expect(header("x-amz-date") == "20260725T172000Z")
    #expect(
      header("authorization")?.hasPrefix(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260725/eu-central-1/sts/aws4_request, SignedHeaders=content-type;"
          + "host;x-amz-date;x-amz-security-token, Signature=") == true)
  }

  @Test(
    "endpoints",
    arguments: [
      ("us-east-1", nil, "https://sts.us-east-1.amazonaws.com/"),
      ("cn-north-1", nil, "https://sts.cn-north-1.amazonaws.com.cn/"),
      ("us-gov-west-1", nil, "https://sts.us-gov-west-1.amazonaws.com/"),
      ("eusc-de-east-1", nil, "https://sts.eusc-de-east-1.amazonaws.eu/"),
      ("us-iso-east-1", nil, "https://sts.us-iso-east-1.c2s.ic.gov/"),
      ("eu-central-1", "http://127.0.0.1:8270", "http://127.0.0.1:8270/"),
    ] as [(String, String?, String)])
  func endpoints(region: String, endpointURL: String?, url: String) async throws {
    let transport = SequenceTransport([Self.success])
    _ = try await Self.provider(transport, region: region, endpointURL: endpointURL).credentials()
    #expect(transport.requests.map(\.url) == [url])
  }

  @Test(
    "what is no Region or no URL is told without a request",
    arguments: [("evil.example/", nil), ("", nil), ("eu-central-1", "ftp://x"), ("eu-central-1", "http://u:p@x")]
      as [(String, String?)])
  func invalid(region: String, endpointURL: String?) async {
    let transport = SequenceTransport([Self.success])
    await #expect(throws: CredentialsError.self) {
      try await Self.provider(transport, region: region, endpointURL: endpointURL).credentials()
    }
    #expect(transport.requests.isEmpty)
  }

  @Test(
    "passing failures are tried three times, others once",
    arguments: [
      ([.failure(.connection(TransportError("reset", mayHaveReachedServer: true))), success], 2, true),
      ([.failure(.timeout(TimeoutError("slow", mayHaveReachedServer: true))), success], 2, true),
      ([refusal("Throttling"), refusal("ThrottlingException"), success], 3, true),
      ([refusal("InternalFailure", status: 500), .reply(503, body: "<html/>"), success], 3, true),
      ([.reply(429, body: ""), .reply(502, body: ""), .reply(504, body: ""), success], 3, false),
      ([refusal("AccessDenied", status: 403), success], 1, false),
      ([refusal("IDPCommunicationError"), success], 2, true),
      ([refusal("ExpiredToken", status: 403), success], 1, false),
      ([.reply(302, body: ""), success], 1, false),
      ([.reply(200, body: "<html/>"), success], 1, false),
      ([.failure(.cancelled), success], 1, false),
      (
        [.failure(.connection(TransportError("bad", mayHaveReachedServer: false, isPermanent: true))), success], 1,
        false
      ),
    ] as [([SequenceTransport.Answer], Int, Bool)])
  func retries(answers: [SequenceTransport.Answer], attempts: Int, succeeds: Bool) async {
    let transport = SequenceTransport(answers)
    let clock = ManualClock()
    let credentials = try? await Self.provider(transport, clock: clock).credentials()
    #expect(transport.requests.count == attempts)
    #expect(clock.delays.count == attempts - 1)
    #expect((credentials != nil) == succeeds)
  }

  @Test("every attempt is signed with its own time")
  func signedAnew() async throws {
    let transport = SequenceTransport([Self.refusal("Throttling"), Self.success])
    _ = try await Self.provider(transport).credentials()
    let times = transport.requests.map { request in request.headers.first { $0.isNamed("x-amz-date") }?.value }
    #expect(times == ["20260725T172000Z", "20260725T172001Z"])
    #expect(transport.requests.first?.body == transport.requests.last?.body)
  }

  @Test(
    "refusals are told with code and text, without secrets",
    arguments: [
      ("AccessDenied", "User: x may not", "AssumeRole: AccessDenied: User: x may not"),
      (
        "SignatureDoesNotMatch", "It does not match.\n\nThe Canonical String should have been 'POST ...'",
        "AssumeRole: SignatureDoesNotMatch: It does not match."
      ),
      (
        "InvalidClientTokenId", "The token source-session-token is not valid", "AssumeRole: InvalidClientTokenId"
      ),
      ("ValidationError", "  a\u{7F}b\u{85}c", "AssumeRole: ValidationError: a\u{FFFD}b"),
      ("X", String(repeating: "x", count: 5000), "AssumeRole: X: " + String(repeating: "x", count: 256)),
    ])
  func refusals(code: String, message: String, text: String) async {
    let transport = SequenceTransport([Self.refusal(code, message, status: 403)])
    await #expect(throws: CredentialsError(text)) { try await Self.provider(transport).credentials() }
  }

  @Test("a source without credentials is the error, and STS is not asked")
  func failingSource() async {
    struct Failing: CredentialsProvider {
      func credentials() async throws(CredentialsError) -> Credentials { throw CredentialsError("none today") }
    }
    let transport = SequenceTransport([Self.success])
    let provider = AssumeRoleCredentialsProvider(
      roleARN: "r", sessionName: "s", source: Failing(), region: "eu-central-1", transport: transport)
    await #expect(throws: CredentialsError("none today")) { try await provider.credentials() }
    #expect(transport.requests.isEmpty)
  }

  @Test("a source's credentials that would break out of their header field are refused")
  func forgedSource() async {
    let transport = SequenceTransport([Self.success])
    await #expect(throws: CredentialsError.self) {
      try await Self.provider(transport, token: "t\r\nX-Evil: 1").credentials()
    }
    #expect(transport.requests.isEmpty)
  }
}
