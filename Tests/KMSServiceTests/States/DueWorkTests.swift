// A key whose material does not open: it can be looked at and deleted, and keeps nobody else waiting.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import KMSStoreSQLite
import SecureMemory
import Testing

@Suite struct DueWorkTests {
  /// Alters a key's stored material.
  private func damage(_ key: KeyMetadata, _ service: TestService) async throws {
    let id = try #require(KeyID(key.keyID))
    let region = try #require(Region("us-east-1"))
    try await service.store.write { transaction throws(Fault) in
      guard let record = try transaction.key(id, region: region) else { throw .keyNotFound(key.arn) }
      let materials = record.materials.map { material in
        var material = material
        material.wrapped = material.wrapped.map { $0.reversed() }
        return material
      }
      try transaction.update(
        Key(
          id: record.id, home: record.home, creationDate: record.creationDate, spec: record.spec, usage: record.usage,
          origin: record.origin, description: record.description, state: record.state, policy: record.policy,
          materials: materials, rotation: record.rotation))
    }
  }

  @Test func unreadableMaterialForbidsItsUseOnly() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    try await damage(key, service)
    let refusal = await #expect(throws: TestService.Refusal.self) {
      try await service.call(Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([1])))
    }
    #expect(refusal?.code == "KMSInternalException")
    #expect(try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID)).keyMetadata.enabled)
    _ = try await service.call(DisableKey.self, DisableKeyInput(keyID: key.keyID))
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    service.advance(by: 30 * 86_400)
    #expect(try await service.context.keys.deleteDueKeys(now: service.now).done.map(\.arn) == [key.arn])
  }

  @Test func aChangeThatDiffersInSpellingOnlyIsAChange() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(description: "\u{E9}"))
    _ = try await service.call(
      UpdateKeyDescription.self, UpdateKeyDescriptionInput(keyID: key.keyID, description: "e\u{301}"))
    let described = try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID)).keyMetadata
    #expect(Array(described.description.unicodeScalars) == ["e", "\u{301}"])
  }

  @Test func aReservedTagKeyCannotHideBehindACombiningMark() async throws {
    let service = try await TestService()
    for tagKey in ["aws:x", "AWS:x", "aws:\u{301}x"] {
      let refusal = await #expect(throws: TestService.Refusal.self) {
        try await service.makeKey(CreateKeyInput(tags: [KMSModel.Tag(tagKey: tagKey, tagValue: "")]))
      }
      #expect(refusal?.code == "TagException")
    }
  }
}
