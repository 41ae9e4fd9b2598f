// Rotation: by itself and on demand, and what it leaves as it was.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import KMSStoreSQLite
import SecureMemory
import Testing

@Suite struct RotationTests {
  private static let day = 86_400.0

  private func encrypt(_ text: String, _ keyID: String, _ service: TestService) async throws -> [UInt8] {
    try await service.call(Encrypt.self, EncryptInput(keyID: keyID, plaintext: SecretBytes(Array(text.utf8))))
      .ciphertextBlob
  }

  private func decrypt(_ blob: [UInt8], _ service: TestService) async throws -> DecryptOutput {
    try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob))
  }

  private func status(_ keyID: String, _ service: TestService) async throws -> GetKeyRotationStatusOutput {
    try await service.call(GetKeyRotationStatus.self, GetKeyRotationStatusInput(keyID: keyID))
  }

  private func materials(_ keyID: String, _ service: TestService) async throws -> [RotationsListEntry] {
    try await service.call(
      ListKeyRotations.self, ListKeyRotationsInput(keyID: keyID, includeKeyMaterial: .allKeyMaterial)
    ).rotations
  }

  @Test func aKeyRotatesWhenItIsTimeAndOldCiphertextOpens() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let first = try #require(key.currentKeyMaterialID)
    let old = try await encrypt("old", key.keyID, service)
    #expect(
      try await status(key.keyID, service) == GetKeyRotationStatusOutput(keyRotationEnabled: false, keyID: key.arn))

    _ = try await service.call(
      EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID, rotationPeriodInDays: 90))
    let enabled = try await status(key.keyID, service)
    #expect(enabled.keyRotationEnabled && enabled.rotationPeriodInDays == 90)
    #expect(enabled.nextRotationDate == service.now.addingTimeInterval(90 * Self.day))

    service.advance(by: 90 * Self.day - 1)
    await service.backgroundWork.doWhatIsDue()
    #expect(try await materials(key.keyID, service).count == 1)

    service.advance(by: 1)
    await service.backgroundWork.doWhatIsDue()
    let all = try await materials(key.keyID, service)
    #expect(all.map(\.keyMaterialState) == [.nonCurrent, .current])
    #expect(all[0].rotationDate == nil && all[0].rotationType == nil && all[0].keyMaterialID == first)
    #expect(all[1].rotationDate == service.now && all[1].rotationType == .automatic)
    let rotations = try await service.call(ListKeyRotations.self, ListKeyRotationsInput(keyID: key.keyID)).rotations
    #expect(rotations == [all[1]])
    #expect(try await status(key.keyID, service).nextRotationDate == service.now.addingTimeInterval(90 * Self.day))

    let second = try #require(all[1].keyMaterialID)
    #expect(
      try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID))
        .keyMetadata.currentKeyMaterialID == second)
    let opened = try await decrypt(old, service)
    #expect(opened.plaintext == SecretBytes(Array("old".utf8)) && opened.keyMaterialID == first)
    #expect(try await decrypt(try await encrypt("new", key.keyID, service), service).keyMaterialID == second)
  }

  @Test func aRotationThatWasDueSeveralTimesOverComesOnce() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(
      EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID, rotationPeriodInDays: 90))
    service.advance(by: 1000 * Self.day)
    await service.backgroundWork.doWhatIsDue()
    await service.backgroundWork.doWhatIsDue()
    #expect(try await materials(key.keyID, service).count == 2)
    #expect(try await status(key.keyID, service).nextRotationDate == service.now.addingTimeInterval(90 * Self.day))
  }

  @Test func theSamePeriodAgainChangesNothingAndAnotherStartsNow() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID))
    let next = try await status(key.keyID, service).nextRotationDate
    #expect(next == service.now.addingTimeInterval(365 * Self.day))
    service.advance(by: 10 * Self.day)
    _ = try await service.call(EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID))
    #expect(try await status(key.keyID, service).nextRotationDate == next)
    _ = try await service.call(
      EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID, rotationPeriodInDays: 100))
    #expect(try await status(key.keyID, service).nextRotationDate == service.now.addingTimeInterval(100 * Self.day))
    _ = try await service.call(DisableKeyRotation.self, DisableKeyRotationInput(keyID: key.keyID))
    service.advance(by: 200 * Self.day)
    await service.backgroundWork.doWhatIsDue()
    #expect(try await materials(key.keyID, service).count == 1)
  }

  @Test func aDisabledKeyMakesUpForItsRotationWhenItIsEnabled() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID))
    _ = try await service.call(DisableKey.self, DisableKeyInput(keyID: key.keyID))
    service.advance(by: 400 * Self.day)
    await service.backgroundWork.doWhatIsDue()
    #expect(try await materials(key.keyID, service).count == 1)
    _ = try await service.call(EnableKey.self, EnableKeyInput(keyID: key.keyID))
    #expect(try await materials(key.keyID, service).count == 2)
  }

  @Test func theScheduleOfAKeyPendingDeletionRests() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    _ = try await service.call(EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID))
    let next = try await status(key.keyID, service).nextRotationDate
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    #expect(
      try await status(key.keyID, service) == GetKeyRotationStatusOutput(keyRotationEnabled: false, keyID: key.arn))
    _ = try await service.call(CancelKeyDeletion.self, CancelKeyDeletionInput(keyID: key.keyID))
    #expect(try await status(key.keyID, service).nextRotationDate == next)
  }

  @Test func onDemandHasItsLimitAndKeepsItsDistance() async throws {
    var quotas = ResourceQuotas()
    quotas.onDemandRotationsPerKey = 3
    let service = try await TestService(quotas: quotas)
    let key = try await service.makeKey()
    let input = RotateKeyOnDemandInput(keyID: key.keyID)
    let old = try await encrypt("old", key.keyID, service)
    for _ in 0..<3 {
      #expect(try await service.call(RotateKeyOnDemand.self, input).keyID == key.arn)
    }
    let all = try await materials(key.keyID, service)
    #expect(all.map(\.rotationType) == [nil, .onDemand, .onDemand, .onDemand])
    #expect(Set(all.map(\.keyMaterialID)).count == 4)
    #expect(try await decrypt(old, service).keyMaterialID == all[0].keyMaterialID)
    await #expect(
      throws: TestService.Refusal(
        status: 400, code: "LimitExceededException",
        message:
          "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: \(key.arn)"
      )
    ) { try await service.call(RotateKeyOnDemand.self, input) }

    let other = try await service.makeKey()
    _ = try await service.call(
      EnableKeyRotation.self, EnableKeyRotationInput(keyID: other.keyID, rotationPeriodInDays: 90))
    service.advance(by: 90 * Self.day - 20 * 60)
    _ = try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: other.keyID))
    service.advance(by: 1)
    let refusal = await #expect(throws: TestService.Refusal.self) {
      try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: other.keyID))
    }
    #expect(refusal?.code == "ConflictException")
  }

  @Test func rotationsArePagedAndStableWhileMoreCome() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let rotate = RotateKeyOnDemandInput(keyID: key.keyID)
    for _ in 0..<5 { _ = try await service.call(RotateKeyOnDemand.self, rotate) }
    var seen: [String?] = []
    var marker: String?
    repeat {
      let page = try await service.call(
        ListKeyRotations.self, ListKeyRotationsInput(keyID: key.keyID, limit: 2, marker: marker))
      #expect(page.truncated == (page.nextMarker != nil))
      seen += page.rotations.map(\.keyMaterialID)
      marker = page.nextMarker
      if seen.count == 2 { _ = try await service.call(RotateKeyOnDemand.self, rotate) }
    } while marker != nil
    #expect(seen.count == 6 && Set(seen).count == 6)
  }

  @Test func manyKeysRotateInOneGo() async throws {
    let service = try await TestService()
    var ids: [String] = []
    for _ in 0..<45 {
      let key = try await service.makeKey()
      _ = try await service.call(EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID))
      ids.append(key.keyID)
    }
    service.advance(by: 366 * Self.day)
    #expect(try await service.context.keys.rotateDueKeys(now: service.now).done.count == 45)
    for id in ids { #expect(try await materials(id, service).count == 2) }
  }
}
