// The instance metadata service: its sessions, its answers, and what is done when they fail to come.

import AWSJSON
import AWSSigV4
import Testing

@testable import AWSClient

@Suite("Instance metadata credentials provider")
struct InstanceMetadataCredentialsProviderTests {
  private let clock = ManualClock(random: 0)

  private static func session(_ token: String = "session-1", seconds: Int? = 21_600) -> SequenceTransport.Answer {
    .reply(
      200, headers: seconds.map { ["X-Aws-Ec2-Metadata-Token-Ttl-Seconds": String($0)] } ?? [:], body: token)
  }
  private static let role = SequenceTransport.Answer.reply(200, body: "app-role")
  private static let unreachable = SequenceTransport.Answer.failure(
    .timeout(TimeoutError("slow", mayHaveReachedServer: true)))

  private static func document(_ name: String = "ASIA", until time: String = "2026-07-25T23:20:00Z")
    -> SequenceTransport.Answer
  {
    .reply(
      200,
      body: """
        {
          "Code" : "Success",
          "LastUpdated" : "2026-07-25T17:00:00Z",
          "Type" : "AWS-HMAC",
          "AccessKeyId" : "\(name)",
          "SecretAccessKey" : "secret",
          "Token" : "token",
          "Expiration" : "\(time)"
        }
        """)
  }

  private func provider(
    _ transport: SequenceTransport, _ environment: DictionaryEnvironment = [:]
  ) -> InstanceMetadataCredentialsProvider {
    InstanceMetadataCredentialsProvider(environment: environment, transport: transport, clock: clock.callClock)
  }

  @Test("a session, the role's name, the role's credentials")
  func exchange() async throws {
    let transport = SequenceTransport([Self.session(), Self.role, Self.document()])
    let credentials = try await provider(transport).credentials()
    #expect(credentials.accessKeyID == "ASIA" && credentials.sessionToken == "token")
    #expect(credentials.expiration == SigningTime(secondsSinceEpoch: 1_785_021_600))

    #expect(transport.requests.map(\.method) == [.put, .get, .get])
    #expect(
      transport.requests.map(\.url) == [
        "http://169.254.169.254/latest/api/token",
        "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "http://169.254.169.254/latest/meta-data/iam/security-credentials/app-role",
      ])
    func values(_ name: String) -> [String?] {
      transport.requests.map { request in request.headers.first { $0.isNamed(name) }?.value }
    }
    #expect(values("x-aws-ec2-metadata-token-ttl-seconds") == ["21600", nil, nil])
    #expect(values("x-aws-ec2-metadata-token") == [nil, "session-1", "session-1"])
    #expect(values("host") == ["169.254.169.254", "169.254.169.254", "169.254.169.254"])
    #expect(transport.requests.allSatisfy { $0.timeout == .seconds(1) })
  }

  @Test("the session is kept, and begun anew before it ends")
  func sessions() async throws {
    let transport = SequenceTransport([
      Self.session(), Self.role, Self.document(), Self.role, Self.document(), Self.session("session-2"), Self.role,
      Self.document(),
    ])
    let provider = provider(transport)
    _ = try await provider.credentials()
    clock.advance(by: .seconds(21_299))
    _ = try await provider.credentials()
    clock.advance(by: .seconds(1))
    _ = try await provider.credentials()
    #expect(transport.requests.map(\.method) == [.put, .get, .get, .get, .get, .put, .get, .get])
  }

  @Test("a session that the service does not know any more is begun anew")
  func forgottenSession() async throws {
    let transport = SequenceTransport([
      Self.session(), .reply(401, body: ""), Self.session("session-2", seconds: nil), Self.role, Self.document(),
    ])
    #expect(try await provider(transport).credentials().accessKeyID == "ASIA")
    let shown = transport.requests.map { request in
      request.headers.first { $0.isNamed("x-aws-ec2-metadata-token") }?.value
    }
    #expect(shown == [nil, "session-1", nil, "session-2", "session-2"])
  }

  @Test(
    "endpoints",
    arguments: [
      (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"], "http://[fd00:ec2::254]/latest/api/token"),
      (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "ipv4"], "http://169.254.169.254/latest/api/token"),
      (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1338"], "http://127.0.0.1:1338/latest/api/token"),
      (
        [
          "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1338/imds/",
          "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6",
        ], "http://127.0.0.1:1338/imds/latest/api/token"
      ),
      (["AWS_EC2_METADATA_DISABLED": "false"], "http://169.254.169.254/latest/api/token"),
      (["AWS_EC2_METADATA_DISABLED": "True"], nil),
      (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv5"], nil),
      (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "169.254.169.254"], nil),
    ] as [([String: String], String?)])
  func endpoints(variables: [String: String], url: String?) async throws {
    let transport = SequenceTransport([Self.session(), Self.role, Self.document()])
    var environment = DictionaryEnvironment()
    environment.values = variables
    let provider = provider(transport, environment)
    if let url {
      _ = try await provider.credentials()
      #expect(transport.requests.first?.url == url)
    } else {
      await #expect(throws: CredentialsError.self) { try await provider.credentials() }
      #expect(transport.requests.isEmpty)
    }
  }

  @Test(
    "failures, each tried twice at most",
    arguments: [
      ([unreachable, unreachable, session()], 2, "the instance metadata service: slow"),
      ([.reply(403, body: ""), session()], 1, "the instance metadata service: the service is switched off"),
      ([.reply(404, body: ""), role], 1, "the instance metadata service: there is no version 2 of the service"),
      ([.reply(500), .reply(503), session()], 2, "the instance metadata service: HTTP status 503"),
      ([session(), .reply(404, body: "")], 2, "the instance metadata service: the instance has no role"),
      (
        [session(), .reply(401), session(), .reply(401), role], 4, "the instance metadata service: the session is over"
      ),
      (
        [session(), .reply(200, body: "../../x")], 2,
        "the instance metadata service: what it gives is not the name of a role"
      ),
      (
        [session(), .reply(200, body: "")], 2, "the instance metadata service: what it gives is not the name of a role"
      ),
      (
        [session("a\r\nX-Evil: 1"), role], 1,
        "the instance metadata service: what it gives is not a session token"
      ),
      (
        [session(), role, .reply(200, body: #"{"Code":"Failed","Message":"no trust"}"#)], 3,
        "the instance metadata service: the document has no credentials: Failed: no trust"
      ),
    ] as [([SequenceTransport.Answer], Int, String)])
  func failures(answers: [SequenceTransport.Answer], requests: Int, text: String) async {
    let transport = SequenceTransport(answers)
    await #expect(throws: CredentialsError(text)) { try await provider(transport).credentials() }
    #expect(transport.requests.count == requests)
  }

  @Test("a failure that passes")
  func passing() async throws {
    let transport = SequenceTransport([Self.unreachable, Self.session(), Self.role, .reply(502), Self.document()])
    #expect(try await provider(transport).credentials().accessKeyID == "ASIA")
  }

  @Test("expired credentials that the service goes on giving are used on for a while")
  func expired() async throws {
    let transport = SequenceTransport([Self.session(), Self.role, Self.document(until: "2026-07-25T17:20:00Z")])
    let credentials = try await provider(transport).credentials()
    #expect(credentials.accessKeyID == "ASIA")
    #expect(credentials.expiration == SigningTime(secondsSinceEpoch: 1_785_000_600))
  }

  @Test(
    "when the service is out of reach the last credentials are used on once they have expired, and only then",
    arguments: [(1199, false), (1200, true), (90_000, true)])
  func outage(seconds: Int, isUsedOn: Bool) async throws {
    let transport = SequenceTransport([
      Self.session(), Self.role, Self.document(until: "2026-07-25T17:40:00Z"), Self.unreachable, Self.unreachable,
    ])
    let provider = provider(transport)
    _ = try await provider.credentials()
    clock.advance(by: .seconds(seconds))
    if isUsedOn {
      let credentials = try await provider.credentials()
      #expect(credentials.accessKeyID == "ASIA")
      #expect(credentials.expiration == SigningTime(secondsSinceEpoch: 1_785_000_600 + Int64(seconds)))
    } else {
      await #expect(throws: CredentialsError("the instance metadata service: slow")) {
        try await provider.credentials()
      }
    }
  }

  @Test("a role that was taken away is not used on")
  func detached() async throws {
    let transport = SequenceTransport([
      Self.session(), Self.role, Self.document(until: "2026-07-25T17:40:00Z"), .reply(404),
    ])
    let provider = provider(transport)
    _ = try await provider.credentials()
    clock.advance(by: .seconds(3600))
    await #expect(throws: CredentialsError("the instance metadata service: the instance has no role")) {
      try await provider.credentials()
    }
  }
}
