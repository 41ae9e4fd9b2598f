// Deletion of keys whose waiting period has ended.

public import KMSDomain
public import struct FoundationEssentials.Date

extension KeyDirectory {
  /// Deletes the keys whose waiting period has ended by `now`, with all that hangs on them.
  ///
  /// - Returns: the ARNs of the keys deleted.
  public func deleteDueKeys(now: Date) async throws(Fault) -> [String] {
    var deleted: [String] = []
    while true {
      let batch = try await store.write { transaction throws(Fault) in
        let due = try transaction.keysDueForDeletion(at: now, limit: 100)
        for key in due {
          for var relative in try transaction.relatives(of: key).dropFirst() {
            relative.relativeDeleted(in: key.home.region, now: now)
            try transaction.update(relative)
          }
          try transaction.deleteKey(key.id, region: key.home.region)
        }
        return due
      }
      guard !batch.isEmpty else { return deleted }
      let regions = batch.flatMap { key in ([key.home.region] + (key.multiRegion?.regions ?? [])).map { (key.id, $0) } }
      for (id, region) in regions { snapshots.invalidate(KeyName(id: id, region: region)) }
      let gone = Set(batch.map { KeyName(id: $0.id, region: $0.home.region) })
      aliasTargets.invalidate { alias, target in gone.contains(KeyName(id: target, region: alias.home.region)) }
      deleted += batch.map(\.arn)
    }
  }
}
