// ImportKeyMaterial: a key gets material from its owner, for the first time, again, or as the next to rotate to.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel
import struct FoundationEssentials.Date

extension ImportKeyMaterial: KeyOperation {
  /// How far in the future material may expire, in seconds.
  private static let longestValidity = 365.0 * 86_400

  public static func check(_ input: ImportKeyMaterialInput) throws(Fault) {
    let expires = input.expirationModel ?? .keyMaterialExpires == .keyMaterialExpires
    if expires, input.validTo == nil {
      throw .validation("A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES")
    }
    if !expires, input.validTo != nil {
      throw .validation("A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE")
    }
    if input.importType == .newKeyMaterial, input.keyMaterialID != nil {
      throw .validation("KeyMaterialId cannot be used when ImportType is NEW_KEY_MATERIAL.")
    }
  }

  public static func attributes(of input: ImportKeyMaterialInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.expirationModel] = input.expirationModel.map { .string($0.rawValue) }
    attributes[.validTo] = input.validTo.map { .instant($0.timeIntervalSince1970) }
    return attributes
  }

  public static func perform(
    _ input: ImportKeyMaterialInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ImportKeyMaterialOutput {
    let key = authorized.resource.record
    let now = context.now()
    guard key.origin == .external else { throw .origin(key.arn, key.origin) }
    try StateRule.importMaterial.check(key)
    if input.importType != nil, key.spec != .symmetricDefault {
      throw .validation("ImportType can be used with symmetric encryption keys only.")
    }
    if let validTo = input.validTo, !(validTo > now && validTo.timeIntervalSince(now) <= longestValidity) {
      throw .validation("The validTo date must be in the future, and no more than 365 days from now.")
    }
    let token = try context.seals.importTokens.open(input.importToken, for: key.arn)
    guard token.validTo > now else { throw .expiredImportToken }
    let unwrap: @Sendable () -> Result<ImportedMaterial, Fault> = {
      Result { () throws(Fault) in
        try ImportedMaterial(unwrapping: input.encryptedKeyMaterial, with: token, for: key)
      }
    }
    // An RSA key's primes are tested, which takes a good part of the time it takes to find some.
    let isSlow = key.spec.keyPairAlgorithm?.isSlow ?? false
    let material = try await
      (isSlow
      ? context.slowCryptography.runLong(unwrap) : context.slowCryptography.run(unwrap)).get()

    let assignment = MaterialAssignment(
      material: material, importType: input.importType, namedID: input.keyMaterialID,
      description: input.keyMaterialDescription, validTo: input.validTo, date: now)
    try await context.keys.updateRelatives(of: authorized.resource) {
      [vault = context.keys.vault] keys, _ throws(Fault) in
      try StateRule.importMaterial.check(keys[0])
      try assignment.apply(to: &keys, vault)
    }
    return ImportKeyMaterialOutput(keyID: key.arn, keyMaterialID: material.id)
  }
}
