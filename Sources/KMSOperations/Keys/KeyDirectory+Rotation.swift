// Rotation: a key, and its relatives with it, get new material to encrypt with.

import KMSCrypto
public import KMSDomain
import SecureMemory
public import struct FoundationEssentials.Date

extension KeyDirectory {
  /// Rotates a key to fresh material, or to imported material that waits for it.
  ///
  /// `check` sees the current record and may refuse.
  func rotate(
    _ key: ActiveKey, _ cause: WrappedKeyMaterial.Rotation.Cause, now: Date,
    check: @escaping @Sendable (Key) throws(Fault) -> Void
  ) async throws(Fault) -> Key {
    let secret = RandomBytes.bytes(count: SymmetricKeyMaterial.byteCount)
    let changed = try await updateRelatives(of: key) { [vault] keys, _ throws(Fault) in
      try check(keys[0])
      try Self.rotate(&keys, to: secret, .init(date: now, cause: cause), vault)
    }
    return changed[0]
  }

  /// Rotates the keys whose next rotation is due by `now`. One that was due several times over, because the service
  /// did not run or its clock jumped, rotates once.
  ///
  /// - Returns: the ARNs of the keys rotated.
  public func rotateDueKeys(now: Date) async throws(Fault) -> [String] {
    var rotated: [String] = []
    while true {
      let batch = try await store.write { [vault] transaction throws(Fault) -> [[Key]] in
        var batch: [[Key]] = []
        for due in try transaction.keysDueForRotation(at: now, limit: 20) {
          var keys = try transaction.relatives(of: due)
          let secret = RandomBytes.bytes(count: SymmetricKeyMaterial.byteCount)
          try Self.rotate(&keys, to: secret, .init(date: now, cause: .automatic), vault)
          for key in keys { try transaction.update(key) }
          batch.append(keys)
        }
        return batch
      }
      guard !batch.isEmpty else { return rotated }
      for key in batch.joined() { snapshots.invalidate(KeyName(id: key.id, region: key.home.region)) }
      rotated += batch.map { $0[0].arn }
    }
  }

  /// Rotates related keys, of which the first is the primary or alone.
  private static func rotate(
    _ keys: inout [Key], to secret: SecretBytes, _ rotation: WrappedKeyMaterial.Rotation, _ vault: MaterialVault
  ) throws(Fault) {
    let id: String
    if keys[0].origin == .external, let pending = keys[0].pendingMaterial {
      id = pending.id
    } else {
      id = try MaterialVault.id(of: secret, in: keys[0].id)
    }
    for index in keys.indices {
      let key = keys[index]
      if let pending = key.materials.first(where: { $0.id == id }) {
        keys[index].rotate(to: pending, rotation)
      } else {
        let wrapped = try vault.wrap(secret, id: id, of: key.id, in: key.home)
        keys[index].rotate(
          to: WrappedKeyMaterial(id: id, wrapped: wrapped, creationDate: rotation.date), rotation)
      }
      if rotation.cause == .automatic, let schedule = key.rotation {
        keys[index].setRotation(RotationSchedule(periodInDays: schedule.periodInDays, from: rotation.date))
      }
    }
  }
}
