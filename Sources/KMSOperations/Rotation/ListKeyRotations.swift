// ListKeyRotations: the rotations of a key, or all of its material, oldest first.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ListKeyRotations: KeyOperation {
  public static func perform(
    _ input: ListKeyRotationsInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ListKeyRotationsOutput {
    let key = authorized.resource.record
    try key.requireRotatable()
    let includesAll = input.includeKeyMaterial == .allKeyMaterial
    let materials = includesAll ? key.materials : key.materials.filter { $0.rotation != nil }
    let listing = "\(name) \(key.id) \(includesAll)"
    let home = authorized.caller.home
    let last = try context.position(input.marker, listing: listing, of: home) { id in
      key.materials.first { $0.id == id }?.id
    }
    // Material is only ever added after the last, and a rotation moves none but a pending one, which is the last.
    let start = last.flatMap { id in materials.firstIndex { $0.id == id }.map { $0 + 1 } } ?? 0
    let limit = input.limit ?? 100
    let page = try Page(
      Array(materials.dropFirst(start).prefix(limit + 1)), limit: limit, in: context, listing: listing, of: home
    ) { $0.id }
    return ListKeyRotationsOutput(
      rotations: page.items.map { RotationsListEntry($0, of: key) }, truncated: page.nextMarker != nil,
      nextMarker: page.nextMarker)
  }
}

extension RotationsListEntry {
  /// The public view of a material.
  fileprivate init(_ material: WrappedKeyMaterial, of key: Key) {
    self.init(
      keyID: key.arn, keyMaterialID: material.id, keyMaterialState: KeyMaterialState(rawValue: material.state.rawValue),
      rotationDate: material.rotation?.date,
      rotationType: material.rotation.map { RotationType(rawValue: $0.cause.rawValue) })
    guard key.origin == .external else { return }
    let isThere = material.wrapped != nil
    keyMaterialDescription = material.description
    importState = isThere ? .imported : .pendingImport
    if isThere { expirationModel = material.validTo == nil ? .keyMaterialDoesNotExpire : .keyMaterialExpires }
    validTo = material.validTo
  }
}
