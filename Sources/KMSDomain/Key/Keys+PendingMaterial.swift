// Imported material that related keys have yet to rotate to.

extension [Key] {
  /// Brings what related keys, all of a set, know of their pending material in line with which of them have it: they
  /// can rotate to it when all of them do; when none does, it is forgotten.
  public mutating func settlePendingMaterial() {
    guard let id = lazy.compactMap({ $0.pendingMaterial?.id }).first else { return }
    let holders = count { $0.pendingMaterial?.wrapped != nil }
    let state: WrappedKeyMaterial.State = holders == count ? .pendingRotation : .pendingMultiRegionImportAndRotation
    for index in indices {
      if holders == 0 {
        self[index].forgetMaterial(id)
      } else {
        self[index].changeMaterial(id) { $0.state = state }
      }
    }
  }
}
