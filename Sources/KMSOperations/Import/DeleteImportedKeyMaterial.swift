// DeleteImportedKeyMaterial: a key loses imported material, and waits for it if it needs it.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension DeleteImportedKeyMaterial: KeyOperation {
  public static func perform(
    _ input: DeleteImportedKeyMaterialInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DeleteImportedKeyMaterialOutput {
    let before = authorized.resource.record
    guard before.origin == .external else { throw .origin(before.arn, before.origin) }
    let deleted = try await context.keys.updateRelatives(of: authorized.resource) {
      keys, _ throws(Fault) -> String? in
      try StateRule.deleteMaterial.check(keys[0])
      // A key that waits for its first import has nothing to lose.
      guard let materialID = input.keyMaterialID ?? keys[0].currentMaterial?.id else { return nil }
      guard let material = keys[0].materials.first(where: { $0.id == materialID }) else {
        throw .materialNotFound(materialID, keys[0].arn)
      }
      keys[0].remove(material)
      keys.settlePendingMaterial()
      return materialID
    }
    return DeleteImportedKeyMaterialOutput(keyID: before.arn, keyMaterialID: deleted.result)
  }
}
