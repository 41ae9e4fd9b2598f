// Imported material: its identity, its end, its loss, and rotation to it.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import SecureMemory
import Testing

@Suite struct ImportTests {
  private static let one = [UInt8](repeating: 1, count: 32)
  private static let two = [UInt8](repeating: 2, count: 32)
  private static let three = [UInt8](repeating: 3, count: 32)

  private func metadata(_ keyID: String, _ service: TestService) async throws -> KeyMetadata {
    try await service.call(DescribeKey.self, DescribeKeyInput(keyID: keyID)).keyMetadata
  }

  private func materials(_ keyID: String, _ service: TestService) async throws -> [RotationsListEntry] {
    try await service.call(
      ListKeyRotations.self, ListKeyRotationsInput(keyID: keyID, includeKeyMaterial: .allKeyMaterial)
    ).rotations
  }

  private func encrypt(_ keyID: String, _ service: TestService) async throws -> [UInt8] {
    try await service.call(Encrypt.self, EncryptInput(keyID: keyID, plaintext: SecretBytes([1]))).ciphertextBlob
  }

  private func refusal(_ body: () async throws -> Void) async throws -> TestService.Refusal {
    try #require(await #expect(throws: TestService.Refusal.self) { try await body() })
  }

  @Test func aKeyIsUsableFromItsFirstImportToItsMaterialsEnd() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    #expect(key.keyState == .pendingImport && key.currentKeyMaterialID == nil && key.expirationModel == nil)
    let parameters = try await ImportParameters(for: key.keyID, service)
    let end = service.now.addingTimeInterval(3600)
    let imported = try await parameters.importMaterial(Self.one, service, validTo: end, description: "first")
    #expect(imported.keyID == key.arn && imported.keyMaterialID?.count == 64)

    let usable = try await metadata(key.keyID, service)
    #expect(usable.keyState == .enabled && usable.validTo == end && usable.expirationModel == .keyMaterialExpires)
    #expect(usable.currentKeyMaterialID == imported.keyMaterialID)
    let entry = try #require(try await materials(key.keyID, service).first)
    #expect(entry.importState == .imported && entry.keyMaterialDescription == "first" && entry.validTo == end)
    let blob = try await encrypt(key.keyID, service)

    service.advance(by: 3600)
    // Before anything was removed, it is over already.
    let early = try await refusal { _ = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob)) }
    #expect(early.code == "KMSInvalidStateException" && early.message == "\(key.arn) is pending import.")
    await service.backgroundWork.doWhatIsDue()
    let expired = try await metadata(key.keyID, service)
    #expect(expired.keyState == .pendingImport && expired.validTo == nil && expired.expirationModel == nil)
    #expect(try await materials(key.keyID, service).first?.importState == .pendingImport)

    // The same material makes it usable again, for good this time; other material does not.
    let again = try await ImportParameters(for: key.keyID, service)
    let other = try await refusal { try await again.importMaterial(Self.two, service) }
    #expect(other.code == "IncorrectKeyMaterialException")
    try await again.importMaterial(Self.one, service)
    #expect(try await metadata(key.keyID, service).expirationModel == .keyMaterialDoesNotExpire)
    #expect(
      try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob)).plaintext == SecretBytes([1]))
  }

  @Test func aTokenIsForOneKeyAndOneDay() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    let other = try await service.makeKey(CreateKeyInput(origin: .external))
    let parameters = try await ImportParameters(for: key.keyID, service)
    let moved = try await refusal {
      _ = try await service.call(
        ImportKeyMaterial.self,
        ImportKeyMaterialInput(
          keyID: other.keyID, importToken: parameters.token, encryptedKeyMaterial: try parameters.wrap(Self.one),
          expirationModel: .keyMaterialDoesNotExpire))
    }
    #expect(moved.code == "InvalidImportTokenException")
    service.advance(by: 24 * 3600)
    let late = try await refusal { try await parameters.importMaterial(Self.one, service) }
    #expect(late.code == "ExpiredImportTokenException")
    #expect(try await metadata(key.keyID, service).keyState == .pendingImport)
  }

  @Test func theSameBytesInAnotherKeyAreAnotherMaterial() async throws {
    let service = try await TestService()
    var ids: [String?] = []
    for _ in 0..<2 {
      let key = try await service.makeKey(CreateKeyInput(origin: .external))
      ids.append(try await ImportParameters(for: key.keyID, service).importMaterial(Self.one, service).keyMaterialID)
    }
    #expect(ids[0] != ids[1])
  }

  @Test func rotationToImportedMaterial() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    let parameters = try await ImportParameters(for: key.keyID, service)
    let first = try await parameters.importMaterial(Self.one, service).keyMaterialID
    let blob = try await encrypt(key.keyID, service)
    let rotate = RotateKeyOnDemandInput(keyID: key.keyID)
    let nothing = try await refusal { _ = try await service.call(RotateKeyOnDemand.self, rotate) }
    #expect(nothing.message == "No available key material pending rotation for the key: \(key.arn).")

    let second = try await parameters.importMaterial(Self.two, service, type: .newKeyMaterial).keyMaterialID
    #expect(try await materials(key.keyID, service).map(\.keyMaterialState) == [.current, .pendingRotation])
    let third = try await refusal { try await parameters.importMaterial(Self.three, service, type: .newKeyMaterial) }
    #expect(third.code == "KMSInvalidStateException")
    #expect(third.message?.contains("because another key material (id: \(second ?? "?")) is pending rotation.") == true)
    let known = try await refusal { try await parameters.importMaterial(Self.one, service, type: .newKeyMaterial) }
    #expect(known.code == "IncorrectKeyMaterialException")

    _ = try await service.call(RotateKeyOnDemand.self, rotate)
    #expect(try await metadata(key.keyID, service).currentKeyMaterialID == second)
    #expect(try await materials(key.keyID, service).map(\.keyMaterialState) == [.nonCurrent, .current])
    #expect(try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob)).keyMaterialID == first)

    // Whatever of the two is lost, the key waits for it.
    _ = try await service.call(
      DeleteImportedKeyMaterial.self, DeleteImportedKeyMaterialInput(keyID: key.keyID, keyMaterialID: first))
    #expect(try await metadata(key.keyID, service).keyState == .pendingImport)
    let wrongName = try await refusal {
      try await parameters.importMaterial(Self.one, service, type: .existingKeyMaterial, id: second)
    }
    #expect(wrongName.code == "IncorrectKeyMaterialException")
    try await parameters.importMaterial(Self.one, service, type: .existingKeyMaterial, id: first)
    #expect(try await metadata(key.keyID, service).keyState == .enabled)
  }

  @Test func losingPendingMaterialLeavesTheKeyUsable() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    let parameters = try await ImportParameters(for: key.keyID, service)
    try await parameters.importMaterial(Self.one, service)
    let second = try await parameters.importMaterial(
      Self.two, service, validTo: service.now.addingTimeInterval(60), type: .newKeyMaterial)
    service.advance(by: 60)
    await service.backgroundWork.doWhatIsDue()
    #expect(try await metadata(key.keyID, service).keyState == .enabled)
    #expect(try await materials(key.keyID, service).count == 1)
    try await parameters.importMaterial(Self.two, service, type: .newKeyMaterial)
    let deleted = try await service.call(
      DeleteImportedKeyMaterial.self,
      DeleteImportedKeyMaterialInput(keyID: key.keyID, keyMaterialID: second.keyMaterialID))
    #expect(deleted.keyMaterialID == second.keyMaterialID)
    #expect(try await materials(key.keyID, service).count == 1)
    _ = try await encrypt(key.keyID, service)
  }

  @Test func deletionOfTheOnlyMaterialLastsThroughPendingDeletion() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    try await ImportParameters(for: key.keyID, service).importMaterial(Self.one, service)
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    _ = try await service.call(DeleteImportedKeyMaterial.self, DeleteImportedKeyMaterialInput(keyID: key.keyID))
    #expect(try await metadata(key.keyID, service).keyState == .pendingDeletion)
    _ = try await service.call(CancelKeyDeletion.self, CancelKeyDeletionInput(keyID: key.keyID))
    #expect(try await metadata(key.keyID, service).keyState == .pendingImport)
  }

  struct Limits: Sendable, CustomStringConvertible {
    let description: String
    let input: @Sendable (ImportParameters, Date) throws -> ImportKeyMaterialInput
    let code: String
  }

  static let limits: [Limits] = [
    Limits(
      description: "no date",
      input: { p, _ in
        ImportKeyMaterialInput(keyID: p.keyID, importToken: p.token, encryptedKeyMaterial: try p.wrap(one))
      }, code: "ValidationException"),
    Limits(
      description: "a date that has passed",
      input: { p, now in
        ImportKeyMaterialInput(
          keyID: p.keyID, importToken: p.token, encryptedKeyMaterial: try p.wrap(one), validTo: now)
      }, code: "ValidationException"),
    Limits(
      description: "a date too far",
      input: { p, now in
        ImportKeyMaterialInput(
          keyID: p.keyID, importToken: p.token, encryptedKeyMaterial: try p.wrap(one),
          validTo: now.addingTimeInterval(365 * 86_400 + 1))
      }, code: "ValidationException"),
    Limits(
      description: "a date for what does not expire",
      input: { p, now in
        ImportKeyMaterialInput(
          keyID: p.keyID, importToken: p.token, encryptedKeyMaterial: try p.wrap(one),
          validTo: now.addingTimeInterval(60), expirationModel: .keyMaterialDoesNotExpire)
      }, code: "ValidationException"),
    Limits(
      description: "31 bytes",
      input: { p, _ in
        ImportKeyMaterialInput(
          keyID: p.keyID, importToken: p.token, encryptedKeyMaterial: try p.wrap(Array(one.dropLast())),
          expirationModel: .keyMaterialDoesNotExpire)
      }, code: "IncorrectKeyMaterialException"),
    Limits(
      description: "not wrapped",
      input: { p, _ in
        ImportKeyMaterialInput(
          keyID: p.keyID, importToken: p.token, encryptedKeyMaterial: one, expirationModel: .keyMaterialDoesNotExpire)
      }, code: "InvalidCiphertextException"),
    Limits(
      description: "a garbled token",
      input: { p, _ in
        ImportKeyMaterialInput(
          keyID: p.keyID, importToken: Array(p.token.reversed()), encryptedKeyMaterial: try p.wrap(one),
          expirationModel: .keyMaterialDoesNotExpire)
      }, code: "InvalidImportTokenException"),
  ]

  @Test(arguments: limits)
  func whatCannotBeImported(_ limit: Limits) async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(origin: .external))
    let parameters = try await ImportParameters(for: key.keyID, service)
    let input = try limit.input(parameters, service.now)
    let refusal = try await refusal { _ = try await service.call(ImportKeyMaterial.self, input) }
    #expect(refusal.code == limit.code)
    #expect(try await metadata(key.keyID, service).keyState == .pendingImport)
  }
}
