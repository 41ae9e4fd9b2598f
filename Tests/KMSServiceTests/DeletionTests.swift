// Keys go when their waiting period has passed, and not before.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import Testing

@Suite struct DeletionTests {
  @Test func aKeyGoesWithItsAliasesWhenItsTimeHasCome() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let kept = try await service.makeKey()
    _ = try await service.call(CreateAlias.self, CreateAliasInput(aliasName: "alias/gone", targetKeyID: key.keyID))
    _ = try await service.call(CreateAlias.self, CreateAliasInput(aliasName: "alias/kept", targetKeyID: kept.keyID))
    // Both are in the caches now.
    for name in ["alias/gone", "alias/kept"] {
      _ = try await service.call(GenerateDataKey.self, GenerateDataKeyInput(keyID: name, keySpec: .aes256))
    }

    let scheduled = try await service.call(
      ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID, pendingWindowInDays: 7))
    #expect(scheduled.deletionDate == service.now.addingTimeInterval(7 * 86_400))
    #expect(scheduled.keyState == .pendingDeletion)

    service.advance(by: 7 * 86_400 - 1)
    #expect(try await service.context.keys.deleteDueKeys(now: service.now).done == [])
    let waiting = try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID)).keyMetadata
    #expect(waiting.keyState == .pendingDeletion)

    service.advance(by: 1)
    #expect(try await service.context.keys.deleteDueKeys(now: service.now).done.map(\.arn) == [key.arn])
    await #expect(
      throws: TestService.Refusal(
        status: 400, code: "NotFoundException", message: "Key '\(key.arn)' does not exist")
    ) { try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID)) }
    await #expect(
      throws: TestService.Refusal(
        status: 400, code: "NotFoundException",
        message: "Alias arn:aws:kms:us-east-1:111122223333:alias/gone is not found.")
    ) { try await service.call(DescribeKey.self, DescribeKeyInput(keyID: "alias/gone")) }
    _ = try await service.call(GenerateDataKey.self, GenerateDataKeyInput(keyID: "alias/kept", keySpec: .aes256))
  }

  @Test func aCancelledDeletionNeverComes() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    _ = try await service.call(CancelKeyDeletion.self, CancelKeyDeletionInput(keyID: key.keyID))
    service.advance(by: 400 * 86_400)
    #expect(try await service.context.keys.deleteDueKeys(now: service.now).done == [])
    let metadata = try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID)).keyMetadata
    #expect(metadata.keyState == .disabled)
    #expect(metadata.deletionDate == nil)
  }

  @Test func theScheduleDeletesByItself() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    service.advance(by: 31 * 86_400)
    let work = Task { await service.backgroundWork.run() }
    defer { work.cancel() }
    for _ in 0..<500 {
      let found = try? await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID))
      if found == nil { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("the key is still there after five seconds")
  }

  @Test func manyKeysGoInOneLook() async throws {
    let service = try await TestService()
    var arns: Set<String> = []
    for _ in 0..<205 {
      let key = try await service.makeKey()
      arns.insert(key.arn)
      _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    }
    service.advance(by: 30 * 86_400)
    #expect(try await Set(service.context.keys.deleteDueKeys(now: service.now).done.map(\.arn)) == arns)
    #expect(try await service.call(ListKeys.self, ListKeysInput()).keys.isEmpty)
  }
}
