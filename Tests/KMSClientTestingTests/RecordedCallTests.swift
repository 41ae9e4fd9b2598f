// What a test can look back on.

import KMSClientTesting
import Testing

@Suite struct RecordedCallTests {
  @Test("Calls are recorded with who made them, where, and what came of it")
  func records() async throws {
    let kms = try await TestKMS()
    let key = try await kms.client().createKey().keyMetadata
    _ = try? await kms.client(region: "eu-west-1", account: "444455556666").describeKey(keyID: key.keyID)
    kms.failNext(.transport)
    _ = try? await kms.client().listKeys()
    let home = (kms.account, kms.region)
    #expect(
      kms.calls == [
        RecordedCall(operation: .createKey, account: home.0, region: home.1, statusCode: 200),
        RecordedCall(operation: .describeKey, account: "444455556666", region: "eu-west-1", statusCode: 400),
        RecordedCall(operation: .listKeys, account: home.0, region: home.1, statusCode: nil),
      ])
    kms.forgetCalls()
    #expect(kms.calls.isEmpty)
    try await kms.shutdown()
  }
}
