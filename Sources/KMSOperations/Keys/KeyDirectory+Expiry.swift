// Imported material whose time is over.

public import KMSDomain
public import struct FoundationEssentials.Date

extension KeyDirectory {
  /// Removes the imported material that has expired by `now`: keys that need it wait for it to be imported again.
  ///
  /// - Returns: the ARNs of the keys that lost material.
  public func removeExpiredMaterial(now: Date) async throws(Fault) -> [String] {
    var changed: [String] = []
    while true {
      let batch = try await store.write { transaction throws(Fault) -> [Key] in
        let due = try transaction.keysWithExpiredMaterial(at: now, limit: 100)
        for var key in due {
          let expired = key.materials.filter { material in
            material.wrapped != nil && material.validTo.map { $0 <= now } == true
          }
          for material in expired { key.remove(material) }
          try transaction.update(key)
        }
        return due
      }
      guard !batch.isEmpty else { return changed }
      for key in batch { snapshots.invalidate(KeyName(id: key.id, region: key.home.region)) }
      changed += batch.map(\.arn)
    }
  }
}
