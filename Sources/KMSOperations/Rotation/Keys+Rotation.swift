// Rotation: related keys get new material to encrypt with.

import KMSCrypto
import KMSDomain
import SecureMemory
import struct FoundationEssentials.Date

extension [Key] {
  /// Rotates related keys, of which the first is the primary, or alone: to fresh material, or to imported material that
  /// all of them have and none has used yet.
  ///
  /// - Throws: ``Fault/noPendingMaterial(_:)`` when imported material is missing, or has expired, on any of them.
  mutating func rotate(_ rotation: WrappedKeyMaterial.Rotation, _ vault: MaterialVault) throws(Fault) {
    guard let primary = first else { return }
    if primary.origin == .external {
      try rotateToPending(rotation, of: primary)
    } else {
      try rotateToFresh(rotation, of: primary, vault)
    }
    guard rotation.cause == .automatic else { return }
    for index in indices {
      guard let schedule = self[index].rotation else { continue }
      self[index].setRotation(RotationSchedule(periodInDays: schedule.periodInDays, from: rotation.date))
    }
  }

  private mutating func rotateToPending(
    _ rotation: WrappedKeyMaterial.Rotation, of primary: Key
  ) throws(Fault) {
    let pending = map(\.pendingMaterial)
    guard
      pending.allSatisfy({ material in
        material?.state == .pendingRotation && material?.wrapped != nil
          && material?.hasExpired(now: rotation.date) == false
      })
    else { throw .noPendingMaterial(primary.arn) }
    for (index, material) in zip(indices, pending) {
      if let material { self[index].rotate(to: material, rotation) }
    }
  }

  private mutating func rotateToFresh(
    _ rotation: WrappedKeyMaterial.Rotation, of primary: Key, _ vault: MaterialVault
  ) throws(Fault) {
    let secret = RandomBytes.bytes(count: SymmetricKeyMaterial.byteCount)
    let id = try MaterialVault.id(of: secret, in: primary.id)
    for index in indices {
      let wrapped = try vault.wrap(secret, id: id, of: self[index].id, in: self[index].home)
      self[index].rotate(
        to: WrappedKeyMaterial(id: id, wrapped: wrapped, creationDate: rotation.date), rotation)
    }
  }
}
