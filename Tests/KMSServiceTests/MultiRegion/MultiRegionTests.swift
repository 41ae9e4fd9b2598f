// Related multi-Region keys: what they share, and what is each one's own.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import SecureMemory
import Testing

@Suite struct MultiRegionTests {
  private static let home = "us-east-1"
  private static let away = "eu-west-1"
  private static let further = "ap-south-1"

  private func primary(_ service: TestService, origin: OriginType? = nil) async throws -> KeyMetadata {
    try await service.makeKey(CreateKeyInput(origin: origin, multiRegion: true))
  }

  private func replicate(_ key: KeyMetadata, to region: String, _ service: TestService) async throws -> KeyMetadata {
    try await service.call(ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: region))
      .replicaKeyMetadata
  }

  private func metadata(_ key: KeyMetadata, in region: String, _ service: TestService) async throws -> KeyMetadata {
    try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID), region: region).keyMetadata
  }

  private func encrypt(_ key: KeyMetadata, in region: String, _ service: TestService) async throws -> [UInt8] {
    try await service.call(
      Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([7])), region: region
    ).ciphertextBlob
  }

  @Test func aReplicaIsUsableAtOnceAndCiphertextIsInterchangeable() async throws {
    let service = try await TestService()
    let key = try await primary(service)
    #expect(key.keyID.hasPrefix("mrk-"))
    #expect(key.multiRegionConfiguration?.multiRegionKeyType == .primary)
    #expect(key.multiRegionConfiguration?.replicaKeys == [])
    // In the caches of both Regions before it exists in one.
    await #expect(throws: TestService.Refusal.self) { try await metadata(key, in: Self.away, service) }
    let early = try await encrypt(key, in: Self.home, service)

    let replica = try await replicate(key, to: Self.away, service)
    #expect(replica.keyState == .creating && !replica.enabled && replica.currentKeyMaterialID == nil)
    #expect(replica.arn == "arn:aws:kms:eu-west-1:111122223333:key/\(key.keyID)")
    let enabled = try await metadata(key, in: Self.away, service)
    #expect(enabled.keyState == .enabled && enabled.currentKeyMaterialID == key.currentKeyMaterialID)
    #expect(enabled.multiRegionConfiguration?.multiRegionKeyType == .replica)
    #expect(enabled.multiRegionConfiguration?.primaryKey == MultiRegionKey(arn: key.arn, region: Self.home))
    let here = try await metadata(key, in: Self.home, service).multiRegionConfiguration
    #expect(here?.replicaKeys == [MultiRegionKey(arn: replica.arn, region: Self.away)])

    let opened = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: early), region: Self.away)
    #expect(opened.plaintext == SecretBytes([7]) && opened.keyID == replica.arn)
    let back = try await service.call(
      Decrypt.self, DecryptInput(ciphertextBlob: try await encrypt(key, in: Self.away, service)))
    #expect(back.keyID == key.arn)
  }

  @Test func stateDescriptionTagsAndPolicyAreEachOnesOwn() async throws {
    let service = try await TestService()
    let key = try await primary(service)
    _ = try await replicate(key, to: Self.away, service)
    _ = try await service.call(DisableKey.self, DisableKeyInput(keyID: key.keyID))
    _ = try await service.call(
      UpdateKeyDescription.self, UpdateKeyDescriptionInput(keyID: key.keyID, description: "here"))
    let there = try await metadata(key, in: Self.away, service)
    #expect(there.keyState == .enabled && there.description == "")
    _ = try await encrypt(key, in: Self.away, service)
  }

  @Test func rotationIsSharedAndSetOnThePrimaryOnly() async throws {
    let service = try await TestService()
    let key = try await primary(service)
    _ = try await replicate(key, to: Self.away, service)
    let old = try await encrypt(key, in: Self.away, service)
    for operation in ["EnableKeyRotation", "DisableKeyRotation", "RotateKeyOnDemand"] {
      let answer = await service.respond(
        target: "TrentService.\(operation)", body: Array(#"{"KeyId":"\#(key.keyID)"}"#.utf8), region: Self.away)
      let refusal = try TestService.refusal(answer)
      #expect(refusal.code == "UnsupportedOperationException")
      #expect(
        refusal.message
          == "arn:aws:kms:eu-west-1:111122223333:key/\(key.keyID) is not a multi-region primary key.")
    }
    _ = try await service.call(
      EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID, rotationPeriodInDays: 90))
    let status = try await service.call(
      GetKeyRotationStatus.self, GetKeyRotationStatusInput(keyID: key.keyID), region: Self.away)
    #expect(status.keyRotationEnabled)
    service.advance(by: 91 * 86_400)
    await service.backgroundWork.doWhatIsDue()
    let (here, there) = (
      try await metadata(key, in: Self.home, service), try await metadata(key, in: Self.away, service)
    )
    #expect(here.currentKeyMaterialID == there.currentKeyMaterialID)
    #expect(here.currentKeyMaterialID != key.currentKeyMaterialID)
    #expect(try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: old)).keyID == key.arn)
    // A replica made now has every material.
    _ = try await replicate(key, to: Self.further, service)
    _ = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: old), region: Self.further)
  }

  @Test func onlyAPrimaryReplicatesAndOnceToARegion() async throws {
    let service = try await TestService()
    let key = try await primary(service)
    _ = try await replicate(key, to: Self.away, service)
    let again = await #expect(throws: TestService.Refusal.self) {
      try await replicate(key, to: Self.away, service)
    }
    #expect(again?.code == "AlreadyExistsException")
    let single = try await service.makeKey()
    let notMultiRegion = await #expect(throws: TestService.Refusal.self) {
      try await replicate(single, to: Self.away, service)
    }
    #expect(notMultiRegion?.message == "\(single.arn) is not a multi-region primary key.")
    let fromReplica = await #expect(throws: TestService.Refusal.self) {
      try await service.call(
        ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: Self.further), region: Self.away)
    }
    #expect(fromReplica?.code == "UnsupportedOperationException")
    let otherPartition = await #expect(throws: TestService.Refusal.self) {
      try await replicate(key, to: "cn-north-1", service)
    }
    #expect(otherPartition?.code == "ValidationException")
  }

  @Test func thePrimaryMoves() async throws {
    let service = try await TestService()
    let key = try await primary(service)
    _ = try await replicate(key, to: Self.away, service)
    _ = try await replicate(key, to: Self.further, service)
    _ = try await service.call(
      UpdatePrimaryRegion.self, UpdatePrimaryRegionInput(keyID: key.keyID, primaryRegion: Self.away))
    for region in [Self.home, Self.away, Self.further] {
      let role = try #require(try await metadata(key, in: region, service).multiRegionConfiguration)
      #expect(role.primaryKey.region == Self.away)
      #expect(role.replicaKeys.map(\.region) == [Self.further, Self.home])
      #expect(role.multiRegionKeyType == (region == Self.away ? .primary : .replica))
    }
    let former = await #expect(throws: TestService.Refusal.self) {
      try await service.call(
        UpdatePrimaryRegion.self, UpdatePrimaryRegionInput(keyID: key.keyID, primaryRegion: Self.further))
    }
    #expect(former?.code == "UnsupportedOperationException")
    let nowhere = await #expect(throws: TestService.Refusal.self) {
      try await service.call(
        UpdatePrimaryRegion.self, UpdatePrimaryRegionInput(keyID: key.keyID, primaryRegion: "sa-east-1"),
        region: Self.away)
    }
    #expect(nowhere?.code == "NotFoundException")
  }

  @Test func aPrimaryWaitsForItsReplicasToGo() async throws {
    let service = try await TestService()
    let key = try await primary(service)
    _ = try await replicate(key, to: Self.away, service)
    let scheduled = try await service.call(
      ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID, pendingWindowInDays: 10))
    #expect(scheduled.keyState == .pendingReplicaDeletion && scheduled.deletionDate == nil)
    let waiting = try await metadata(key, in: Self.home, service)
    #expect(waiting.pendingDeletionWindowInDays == 10 && waiting.deletionDate == nil)

    service.advance(by: 50 * 86_400)
    await service.backgroundWork.doWhatIsDue()
    #expect(try await metadata(key, in: Self.home, service).keyState == .pendingReplicaDeletion)

    _ = try await service.call(
      ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID, pendingWindowInDays: 7), region: Self.away)
    service.advance(by: 7 * 86_400)
    await service.backgroundWork.doWhatIsDue()
    await #expect(throws: TestService.Refusal.self) { try await metadata(key, in: Self.away, service) }
    let alone = try await metadata(key, in: Self.home, service)
    #expect(alone.keyState == .pendingDeletion && alone.pendingDeletionWindowInDays == nil)
    #expect(alone.deletionDate == service.now.addingTimeInterval(10 * 86_400))
    #expect(alone.multiRegionConfiguration?.replicaKeys == [])
    _ = try await service.call(CancelKeyDeletion.self, CancelKeyDeletionInput(keyID: key.keyID))
    #expect(try await metadata(key, in: Self.home, service).keyState == .disabled)
  }

  @Test func importedMaterialIsImportedIntoEachAndRotatedToWhenAllHaveIt() async throws {
    let service = try await TestService()
    let key = try await primary(service, origin: .external)
    let first = [UInt8](repeating: 1, count: 32)
    let second = [UInt8](repeating: 2, count: 32)
    let parameters = try await ImportParameters(for: key.keyID, service)
    let firstID = try await parameters.importMaterial(first, service).keyMaterialID
    let replica = try await replicate(key, to: Self.away, service)
    #expect(replica.keyState == .creating)
    #expect(try await metadata(key, in: Self.away, service).keyState == .pendingImport)
    let there = try await ImportParameters(for: key.keyID, service, region: Self.away)
    #expect(try await there.importMaterial(first, service).keyMaterialID == firstID)
    let blob = try await encrypt(key, in: Self.away, service)
    #expect(try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob)).keyID == key.arn)

    // New material goes to the primary first, and can be rotated to when the replica has it too.
    let onReplica = await #expect(throws: TestService.Refusal.self) {
      try await there.importMaterial(second, service, type: .newKeyMaterial)
    }
    #expect(onReplica?.code == "UnsupportedOperationException")
    let secondID = try await parameters.importMaterial(second, service, type: .newKeyMaterial).keyMaterialID
    func states(_ region: String) async throws -> [KeyMaterialState?] {
      try await service.call(
        ListKeyRotations.self, ListKeyRotationsInput(keyID: key.keyID, includeKeyMaterial: .allKeyMaterial),
        region: region
      ).rotations.map(\.keyMaterialState)
    }
    #expect(try await states(Self.home) == [.current, .pendingMultiRegionImportAndRotation])
    let early = await #expect(throws: TestService.Refusal.self) {
      try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: key.keyID))
    }
    #expect(early?.code == "KMSInvalidStateException")
    try await there.importMaterial(second, service, type: .existingKeyMaterial, id: secondID)
    #expect(try await states(Self.home) == [.current, .pendingRotation])
    #expect(try await states(Self.away) == [.current, .pendingRotation])
    _ = try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: key.keyID))
    for region in [Self.home, Self.away] {
      #expect(try await metadata(key, in: region, service).currentKeyMaterialID == secondID)
      #expect(try await states(region) == [.nonCurrent, .current])
    }
  }
}
