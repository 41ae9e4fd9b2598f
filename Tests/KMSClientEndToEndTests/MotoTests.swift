// The client against moto, which was written by others from the same documentation.

import KMSClient
import SecureMemory
import Testing

@Suite(
  "moto",
  .enabled("moto is not installed in the client tests' Python environment: see scripts/setup") {
    await ServerProgram.isMotoExpected()
  },
  .served(by: .moto), .timeLimit(.minutes(1)))
struct MotoTests {
  @Test("moto does as KMS, but where it is known not to", arguments: Scenario.all)
  func scenario(_ scenario: Scenario) async throws {
    let gap = MotoGap.all.first { $0.scenario == scenario.name }
    try await withClient { kms in
      if let gap { try await gap.probe(kms) } else { try await scenario.run(kms) }
    }
  }

  @Test("every known difference is about a scenario, and none about two")
  func gaps() {
    let names = Scenario.all.map(\.name)
    #expect(Set(names).count == names.count)
    let gaps = MotoGap.all.map(\.scenario)
    #expect(Set(gaps).count == gaps.count)
    #expect(Set(gaps).isSubset(of: names))
    #expect(gaps.count < names.count)
  }

  @Test("moto's STS lends credentials, which its KMS takes")
  func assumedRole() async throws {
    let server = try currentServer()
    let role = AssumeRoleCredentialsProvider(
      roleARN: "arn:aws:iam::123456789012:role/app", sessionName: "end-to-end",
      source: StaticCredentialsProvider.static(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "example"),
      region: "us-east-1", duration: .seconds(900), endpointURL: server.url)
    let credentials = try await role.credentials()
    #expect(credentials.accessKeyID.hasPrefix("ASIA"))
    #expect(credentials.sessionToken?.isEmpty == false && credentials.expiration != nil)
    try await withClient(credentials: CachingCredentialsProvider(role)) { kms in
      let random = try await kms.generateRandom(numberOfBytes: 16)
      #expect(random.plaintext?.count == 16)
    }
  }
}
