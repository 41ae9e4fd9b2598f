// GetKeyLastUsage: the last success, kept without a write per request.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import KMSStoreSQLite
import SecureMemory
import Testing

@Suite struct LastUsageTests {
  private func usage(_ keyID: String, _ service: TestService) async throws -> GetKeyLastUsageOutput {
    try await service.call(GetKeyLastUsage.self, GetKeyLastUsageInput(keyID: keyID))
  }

  @Test func theLastSuccessCounts() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let unused = try await usage(key.keyID, service)
    #expect(unused.keyLastUsage == nil && unused.keyID == key.arn && unused.keyCreationDate == key.creationDate)

    let blob = try await service.call(Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([1])))
      .ciphertextBlob
    let first = try #require(try await usage(key.keyID, service).keyLastUsage)
    #expect(first.operation == .encrypt && first.timestamp == service.now && first.kmsRequestID?.count == 36)

    service.advance(by: 60)
    _ = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob))
    let second = try #require(try await usage(key.keyID, service).keyLastUsage)
    #expect(second.operation == .decrypt && second.timestamp == service.now)
    #expect(second.kmsRequestID != first.kmsRequestID)

    // What fails, a dry run and what is no use of the key leave it as it was.
    service.advance(by: 60)
    await #expect(throws: TestService.Refusal.self) {
      try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob, encryptionContext: ["a": "b"]))
    }
    await #expect(throws: TestService.Refusal.self) {
      try await service.call(Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([1]), dryRun: true))
    }
    _ = try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID))
    #expect(try await usage(key.keyID, service).keyLastUsage == second)
  }

  @Test func bothKeysOfAReEncryptAreUsed() async throws {
    let service = try await TestService()
    let (from, to) = (try await service.makeKey(), try await service.makeKey())
    let blob = try await service.call(Encrypt.self, EncryptInput(keyID: from.keyID, plaintext: SecretBytes([1])))
      .ciphertextBlob
    _ = try await service.call(ReEncrypt.self, ReEncryptInput(destinationKeyID: to.keyID, ciphertextBlob: blob))
    for key in [from, to] {
      #expect(try await usage(key.keyID, service).keyLastUsage?.operation == .reEncrypt)
    }
  }

  @Test func itIsWrittenInBatchesAndReadBack() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(GenerateDataKey.self, GenerateDataKeyInput(keyID: key.keyID, numberOfBytes: 8))
    let noted = try await usage(key.keyID, service).keyLastUsage
    let id = try #require(KeyID(key.keyID))
    let region = try #require(Region("us-east-1"))
    #expect(
      try await service.store.read { reader throws(Fault) in try reader.lastUsage(of: id, region: region) } == nil)
    await service.backgroundWork.keepUsage()
    let kept = try await service.store.read { reader throws(Fault) in try reader.lastUsage(of: id, region: region) }
    #expect(kept?.operation == "GenerateDataKey" && kept?.requestID == noted?.kmsRequestID)
    #expect(try await usage(key.keyID, service).keyLastUsage == noted)
  }
}
