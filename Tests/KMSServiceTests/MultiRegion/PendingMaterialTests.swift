// Imported material that related keys have yet to rotate to: who has it, and what happens when somebody loses it.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import SecureMemory
import Testing

@Suite struct PendingMaterialTests {
  private static let home = "us-east-1"
  private static let away = "eu-west-1"
  private static let further = "ap-south-1"
  private static let first = [UInt8](repeating: 1, count: 32)
  private static let second = [UInt8](repeating: 2, count: 32)
  private static let third = [UInt8](repeating: 3, count: 32)

  /// A multi-Region key with its first material in every Region.
  private struct Keys {
    let service: TestService
    let key: KeyMetadata
    let parameters: [String: ImportParameters]

    init(_ regions: [String]) async throws {
      service = try await TestService()
      key = try await service.makeKey(CreateKeyInput(origin: .external, multiRegion: true))
      var parameters = [home: try await ImportParameters(for: key.keyID, service)]
      try await parameters[home]?.importMaterial(first, service)
      for region in regions {
        _ = try await service.call(ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: region))
        parameters[region] = try await ImportParameters(for: key.keyID, service, region: region)
        try await parameters[region]?.importMaterial(first, service)
      }
      self.parameters = parameters
    }

    @discardableResult
    func importNew(_ material: [UInt8], validTo: Date? = nil) async throws -> String? {
      let answer = try await #require(parameters[home])
        .importMaterial(material, service, validTo: validTo, type: .newKeyMaterial)
      return answer.keyMaterialID
    }

    func importExisting(_ material: [UInt8], in region: String, validTo: Date? = nil) async throws {
      try await #require(parameters[region])
        .importMaterial(material, service, validTo: validTo, type: .existingKeyMaterial)
    }

    func states(_ region: String) async throws -> [KeyMaterialState?] {
      try await service.call(
        ListKeyRotations.self, ListKeyRotationsInput(keyID: key.keyID, includeKeyMaterial: .allKeyMaterial),
        region: region
      ).rotations.map(\.keyMaterialState)
    }

    func rotate() async throws {
      _ = try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: key.keyID))
    }

    func encrypts(in region: String) async throws {
      _ = try await service.call(
        Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([1])), region: region)
    }

    func expectNoRotation() async throws {
      let refusal = await #expect(throws: TestService.Refusal.self) { try await rotate() }
      #expect(refusal?.message == "No available key material pending rotation for the key: \(key.arn).")
    }
  }

  @Test func aNewReplicaHasToHaveItToo() async throws {
    let keys = try await Keys([])
    try await keys.importNew(Self.second)
    #expect(try await keys.states(Self.home) == [.current, .pendingRotation])
    _ = try await keys.service.call(
      ReplicateKey.self, ReplicateKeyInput(keyID: keys.key.keyID, replicaRegion: Self.away))
    for region in [Self.home, Self.away] {
      #expect(try await keys.states(region) == [.current, .pendingMultiRegionImportAndRotation])
    }
    try await keys.expectNoRotation()
    let there = try await ImportParameters(for: keys.key.keyID, keys.service, region: Self.away)
    try await there.importMaterial(Self.first, keys.service)
    try await keys.expectNoRotation()
    try await there.importMaterial(Self.second, keys.service, type: .existingKeyMaterial)
    try await keys.rotate()
    for region in [Self.home, Self.away] { try await keys.encrypts(in: region) }
  }

  @Test func whatExpiresOnOneIsMissedByAll() async throws {
    let keys = try await Keys([Self.away])
    try await keys.importNew(Self.second)
    let end = keys.service.now.addingTimeInterval(60)
    try await keys.importExisting(Self.second, in: Self.away, validTo: end)
    #expect(try await keys.states(Self.home) == [.current, .pendingRotation])
    keys.service.advance(by: 60)
    // Over already, before it was removed.
    try await keys.expectNoRotation()
    await keys.service.backgroundWork.doWhatIsDue()
    for region in [Self.home, Self.away] {
      #expect(try await keys.states(region) == [.current, .pendingMultiRegionImportAndRotation])
      try await keys.encrypts(in: region)
    }
    try await keys.expectNoRotation()
    try await keys.importExisting(Self.second, in: Self.away)
    try await keys.rotate()
    for region in [Self.home, Self.away] { try await keys.encrypts(in: region) }
  }

  @Test func whatNobodyHasAnyMoreIsForgotten() async throws {
    let keys = try await Keys([Self.away])
    let id = try await keys.importNew(Self.second)
    _ = try await keys.service.call(
      DeleteImportedKeyMaterial.self, DeleteImportedKeyMaterialInput(keyID: keys.key.keyID, keyMaterialID: id))
    for region in [Self.home, Self.away] { #expect(try await keys.states(region) == [.current]) }
    try await keys.importNew(Self.third)
    try await keys.importExisting(Self.third, in: Self.away)
    try await keys.rotate()
    for region in [Self.home, Self.away] { try await keys.encrypts(in: region) }
  }

  @Test func theOneThatLackedItGoes() async throws {
    let keys = try await Keys([Self.away, Self.further])
    try await keys.importNew(Self.second)
    try await keys.importExisting(Self.second, in: Self.away)
    try await keys.expectNoRotation()
    _ = try await keys.service.call(
      ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: keys.key.keyID, pendingWindowInDays: 7),
      region: Self.further)
    keys.service.advance(by: 7 * 86_400)
    await keys.service.backgroundWork.doWhatIsDue()
    #expect(try await keys.states(Self.home) == [.current, .pendingRotation])
    try await keys.rotate()
    for region in [Self.home, Self.away] { try await keys.encrypts(in: region) }
  }

  @Test func aSingleKeyDoesNotRotateToWhatIsOver() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    let parameters = try await ImportParameters(for: key.keyID, service)
    try await parameters.importMaterial(Self.first, service)
    try await parameters.importMaterial(
      Self.second, service, validTo: service.now.addingTimeInterval(60), type: .newKeyMaterial)
    service.advance(by: 60)
    let refusal = await #expect(throws: TestService.Refusal.self) {
      try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: key.keyID))
    }
    #expect(refusal?.code == "KMSInvalidStateException")
    _ = try await service.call(Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([1])))
  }
}
