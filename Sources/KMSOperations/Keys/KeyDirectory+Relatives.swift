// Changes to a key and its multi-Region relatives, which share material and rotation.

import KMSDomain

extension KeyDirectory {
  /// Changes a key together with its multi-Region relatives, in one transaction.
  ///
  /// `change` sees the current records: the named key first, then its relatives; a single-Region key is alone. Keys
  /// that it appends are added to the store.
  /// - Returns: the records as they then are, in the same order.
  func updateRelatives(
    of key: ActiveKey, _ change: @escaping @Sendable (inout [Key], any StoreReader) throws(Fault) -> Void
  ) async throws(Fault) -> [Key] {
    let id = key.record.id
    let region = key.record.home.region
    let arn = key.arn
    let known = key.record.multiRegion?.regions ?? []
    // Also when the write fails: whether it took place may then be unknown.
    defer { for region in [region] + known { snapshots.invalidate(KeyName(id: id, region: region)) } }
    let changed = try await store.write { transaction throws(Fault) in
      guard let named = try transaction.key(id, region: region) else { throw .keyNotFound(arn) }
      var keys = try transaction.relatives(of: named)
      let before = keys
      try change(&keys, transaction)
      for (key, old) in zip(keys, before) where key != old { try transaction.update(key) }
      for key in keys.dropFirst(before.count) { try transaction.insert(key) }
      return keys
    }
    for key in changed { snapshots.invalidate(KeyName(id: id, region: key.home.region)) }
    return changed
  }
}

extension StoreReader {
  /// A key and its multi-Region relatives, the key first.
  func relatives(of key: Key) throws(Fault) -> [Key] {
    var keys = [key]
    for region in key.multiRegion?.regions ?? [] where region != key.home.region {
      if let relative = try self.key(key.id, region: region) { keys.append(relative) }
    }
    return keys
  }
}
