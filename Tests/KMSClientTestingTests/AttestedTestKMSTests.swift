// Attested calls against the service in the test's process: client and service as they will meet.

import Foundation
import KMSClientNitro
import KMSClientTesting
import SecureMemory
import Testing

@Suite struct AttestedTestKMSTests {
  private static let image = [UInt8](repeating: 0xAB, count: 48)

  /// A service that believes an attester, and the attester.
  private static func world() async throws -> (TestKMS, SoftwareAttester) {
    let clock = Date()
    let made = try SoftwareAttester.createRoot(commonName: "unit test", at: clock)
    let root = try #require(try AttestationRoot.load(pem: made.certificate).first)
    let kms = try await TestKMS(attestationRoots: [root], now: clock)
    return (kms, try SoftwareAttester(root: root, privateKey: made.privateKey))
  }

  /// One key for all tests: RSA keys take their time.
  private static let key = Task { try await RecipientPrivateKey.generate() }

  /// A recipient of now.
  private static func recipient(_ attester: SoftwareAttester, _ kms: TestKMS) async throws -> AttestedRecipient {
    try await AttestedRecipient(
      try await key.value, attestedBy: SoftwareAttestationProvider(attester, pcrs: [0: image], now: { kms.now }))
  }

  @Test("A data key comes to the enclave, and opens again there alone")
  func dataKey() async throws {
    let (kms, attester) = try await Self.world()
    let client = kms.client()
    let digest = String(repeating: "ab", count: 48)
    let key = try await client.createKey(
      policy: """
        {"Statement":[
          {"Effect":"Allow","Principal":{"AWS":"\(kms.account)"},"Resource":"*","NotAction":["kms:Decrypt"]},
          {"Effect":"Allow","Principal":{"AWS":"\(kms.account)"},"Resource":"*","Action":"kms:Decrypt",
           "Condition":{"StringEquals":{"kms:RecipientAttestation:ImageSha384":"\(digest)"}}}]}
        """
    ).keyMetadata
    let recipient = try await Self.recipient(attester, kms)
    let made = try await client.generateDataKey(keyID: key.arn, size: .keySpec(.aes256), attestedBy: recipient)
    let opened = try await client.decrypt(ciphertextBlob: made.ciphertextBlob, attestedBy: recipient)
    #expect(made.plaintext != nil && opened.plaintext == made.plaintext)
    await #expect {
      try await client.decrypt(ciphertextBlob: made.ciphertextBlob)
    } throws: { if case .accessDenied = $0 as? DecryptError { true } else { false } }
  }

  @Test("Time passes for documents, too")
  func expiry() async throws {
    let (kms, attester) = try await Self.world()
    let recipient = try await Self.recipient(attester, kms)
    _ = try await kms.client().generateRandom(numberOfBytes: 8, attestedBy: recipient)
    await kms.advance(by: .seconds(301))
    await #expect {
      try await kms.client().generateRandom(numberOfBytes: 8, attestedBy: recipient)
    } throws: {
      guard case .operation(.validation(let error)) = $0 as? AttestedCallError<GenerateRandomError> else {
        return false
      }
      return error.message == AttestationError.expired.description
    }
  }

  @Test("Nobody is believed whom the test has not named")
  func noRoots() async throws {
    let (_, attester) = try await Self.world()
    let kms = try await TestKMS()
    let recipient = try await Self.recipient(attester, kms)
    await #expect(throws: AttestedCallError<GenerateRandomError>.self) {
      try await kms.client().generateRandom(numberOfBytes: 8, attestedBy: recipient)
    }
  }
}
