// A client's configuration as a whole: from its surroundings to its calls.

import AWSJSON
import ClientTestSupport
import KMSClient
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Client configuration")
struct ClientConfigurationTests {
  @Test("everything from the environment")
  func environment() async throws {
    let environment: DictionaryEnvironment = [
      "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "s3cr3t", "AWS_SESSION_TOKEN": "token",
      "AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL_KMS": "http://kms",
    ]
    let configuration = try await KMSClient.Configuration.resolve(in: environment, files: DictionaryFiles())
    #expect(configuration.region == "eu-central-1")
    #expect(configuration.endpointURL == "http://kms")
    let credentials = try await configuration.credentials.credentials()
    #expect(credentials.accessKeyID == "AKID")
    #expect(credentials.secretAccessKey == SecretBytes("s3cr3t".utf8))
    #expect(credentials.sessionToken == "token")
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
