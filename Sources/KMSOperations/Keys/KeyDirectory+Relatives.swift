// Changes to a key and its multi-Region relatives, which share material and rotation.

import KMSDomain

/// Related keys after a change, and what the change had to tell.
struct ChangedRelatives<Result: Sendable>: Sendable {
  /// The records as they now are: the named key first, then its relatives, then keys that were added.
  let keys: [Key]
  let result: Result
}

extension KeyDirectory {
  /// Changes a key together with its multi-Region relatives, in one transaction.
  ///
  /// `change` sees the current records: the named key first, then its relatives; a single-Region key is alone. Keys
  /// that it appends are added to the store.
  @discardableResult
  func updateRelatives<Result: Sendable>(
    of key: ActiveKey, _ change: @escaping @Sendable (inout [Key], any StoreReader) throws(Fault) -> Result
  ) async throws(Fault) -> ChangedRelatives<Result> {
    let id = key.record.id
    let region = key.record.home.region
    let arn = key.arn
    // Also when the write fails: whether it took place may then be unknown.
    let known = key.record.multiRegion?.regions ?? []
    defer { for region in [region] + known { snapshots.invalidate(KeyName(id: id, region: region)) } }
    let changed = try await store.write { transaction throws(Fault) -> ChangedRelatives<Result> in
      guard let named = try transaction.key(id, region: region) else { throw .keyNotFound(arn) }
      var keys = try transaction.relatives(of: named)
      let before = keys.count
      let result = try change(&keys, transaction)
      for key in keys.prefix(before) { try transaction.update(key) }
      for key in keys.dropFirst(before) { try transaction.insert(key) }
      return ChangedRelatives(keys: keys, result: result)
    }
    forget(changed.keys)
    return changed
  }

  /// Forgets what is remembered of keys and their relatives.
  func forget(_ keys: [Key]) {
    for key in keys {
      for region in [key.home.region] + (key.multiRegion?.regions ?? []) {
        snapshots.invalidate(KeyName(id: key.id, region: region))
      }
    }
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
