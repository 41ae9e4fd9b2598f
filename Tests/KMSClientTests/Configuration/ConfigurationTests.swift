// Settings from the environment, and what a wrong setting does to a call.

import AWSJSON
import SecureMemory
import Testing

@testable import KMSClient

@Suite("Configuration")
struct ConfigurationTests {
  private let complete: DictionaryEnvironment = [
    "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "s3cr3t", "AWS_REGION": "eu-central-1",
  ]

  private func environment(_ changes: [String: String?]) -> DictionaryEnvironment {
    var environment = complete
    for (name, value) in changes { environment.values[name] = value }
    return environment
  }

  @Test("Region, endpoint and credentials")
  func everything() async throws {
    let configuration = try KMSClient.Configuration.resolve(in: complete)
    #expect(configuration.region == "eu-central-1")
    #expect(configuration.endpointURL == nil)
    #expect(configuration.requestTimeout == .seconds(60))
    let credentials = try await configuration.credentials.credentials()
    #expect(credentials.accessKeyID == "AKID")
    #expect(credentials.secretAccessKey == SecretBytes("s3cr3t".utf8))
    #expect(credentials.sessionToken == nil)
  }

  @Test("a session token")
  func sessionToken() async throws {
    let configuration = try KMSClient.Configuration.resolve(in: environment(["AWS_SESSION_TOKEN": "token"]))
    #expect(try await configuration.credentials.credentials().sessionToken == "token")
  }

  @Test(
    "which Region wins",
    arguments: [
      (["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"], "a"),
      (["AWS_REGION": nil, "AWS_DEFAULT_REGION": "b"], "b"),
      (["AWS_REGION": "", "AWS_DEFAULT_REGION": "b"], "b"),
    ] as [([String: String?], String)])
  func region(changes: [String: String?], expected: String) throws {
    #expect(try KMSClient.Configuration.resolve(in: environment(changes)).region == expected)
  }

  @Test(
    "which endpoint wins",
    arguments: [
      (["AWS_ENDPOINT_URL": "http://all"], "http://all"),
      (["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_KMS": "http://kms"], "http://kms"),
      (["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_KMS": ""], "http://all"),
    ] as [([String: String?], String)])
  func endpoint(changes: [String: String?], expected: String) throws {
    #expect(try KMSClient.Configuration.resolve(in: environment(changes)).endpointURL == expected)
  }

  @Test(
    "what is missing or wrong",
    arguments: [
      (["AWS_REGION": nil], .missingRegion),
      (["AWS_REGION": ""], .missingRegion),
      (["AWS_REGION": "not a region"], .invalidRegion),
      (["AWS_ACCESS_KEY_ID": nil], .credentials(CredentialsError("AWS_ACCESS_KEY_ID is not set"))),
      (["AWS_SECRET_ACCESS_KEY": ""], .credentials(CredentialsError("AWS_SECRET_ACCESS_KEY is not set"))),
      (["AWS_ENDPOINT_URL": "localhost:8270"], .invalidEndpoint(reason: "it has no scheme")),
    ] as [([String: String?], ConfigurationError)])
  func faults(changes: [String: String?], expected: ConfigurationError) {
    #expect(throws: expected) { try KMSClient.Configuration.resolve(in: environment(changes)) }
  }

  @Test("this process's environment is read, unset and empty alike")
  func processEnvironment() {
    let environment = ProcessEnvironment()
    #expect(environment.string("PATH")?.contains("/") == true)
    #expect(environment.string("KEYWRIGHT_SURELY_NOT_SET") == nil)
    #expect(environment.secret("KEYWRIGHT_SURELY_NOT_SET") == nil)
  }

  @Test(
    "a wrong setting fails the call, with a type and before anything is sent",
    arguments: [("no url", "us-east-1"), ("http://127.0.0.1", "no region")])
  func wrongSettingFailsTheCall(url: String, region: String) async {
    let transport = InMemoryTransport()
    let client = KMSClient(
      configuration: .endpoint(url, region: region, credentials: exampleCredentials), transport: transport)
    let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
    guard case .failure(.client(.transport(let error))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(!error.mayHaveReachedServer)
    #expect(transport.requests.isEmpty)
  }

  @Test("a configuration prints no secret")
  func redaction() {
    let configuration = KMSClient.Configuration.endpoint(
      "http://h", region: "us-east-1",
      credentials: .static(accessKeyID: "AKID", secretAccessKey: "hunter2hunter2", sessionToken: "t0k3n"))
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in [dumped, "\(configuration)", String(reflecting: configuration)] {
      #expect(!text.contains("hunter2") && !text.contains("t0k3n"))
    }
  }
}
