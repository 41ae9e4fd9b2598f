// What time brings to keys: deletion, rotation, the end of imported material.

public import KMSDomain
public import struct FoundationEssentials.Date
import KMSCrypto

/// What was done of what was due.
public struct DueWork: Sendable {
  /// The keys it was done to, as they were before.
  public fileprivate(set) var done: [Key] = []
  /// The keys it could not be done to, and why. They are tried again the next time.
  public fileprivate(set) var failures: [(key: KeyName, fault: Fault)] = []
}

extension KeyDirectory {
  /// Deletes the keys whose waiting period has ended by `now`, with all that hangs on them.
  public func deleteDueKeys(now: Date) async throws(Fault) -> DueWork {
    let work = try await perform(
      on: { reader, limit throws(Fault) in try reader.keysDueForDeletion(at: now, limit: limit) },
      { key, transaction throws(Fault) in
        guard key.state == .pendingDeletion, let date = key.deletionDate, date <= now else { return }
        var relatives = Array(try transaction.relatives(of: key).dropFirst())
        for index in relatives.indices { relatives[index].relativeDeleted(in: key.home.region, now: now) }
        relatives.settlePendingMaterial()
        for relative in relatives { try transaction.update(relative) }
        try transaction.deleteKey(key.id, region: key.home.region)
      })
    let gone = Set(work.done.map(\.name))
    if !gone.isEmpty {
      aliasTargets.invalidate { alias, target in gone.contains(KeyName(id: target, region: alias.home.region)) }
      // A replica that is made again has the name of the one before, and none of its grants.
      grants.invalidate { grantee, _ in gone.contains(grantee.key) }
    }
    return work
  }

  /// Rotates the keys whose next rotation is due by `now`. One that was due several times over, because the service
  /// did not run or its clock jumped, rotates once.
  public func rotateDueKeys(now: Date) async throws(Fault) -> DueWork {
    try await perform(
      on: { reader, limit throws(Fault) in try reader.keysDueForRotation(at: now, limit: limit) },
      { [vault] key, transaction throws(Fault) in
        guard key.isRotationDue(now: now) else { return }
        var keys = try transaction.relatives(of: key)
        try keys.rotate(.init(date: now, cause: .automatic), vault)
        for key in keys { try transaction.update(key) }
      })
  }

  /// Removes the imported material that has expired by `now`: keys that need it wait for it to be imported again.
  public func removeExpiredMaterial(now: Date) async throws(Fault) -> DueWork {
    try await perform(
      on: { reader, limit throws(Fault) in try reader.keysWithExpiredMaterial(at: now, limit: limit) },
      { key, transaction throws(Fault) in
        var keys = try transaction.relatives(of: key)
        let expired = key.materials.filter { $0.wrapped != nil && $0.hasExpired(now: now) }
        for material in expired { keys[0].remove(material) }
        keys.settlePendingMaterial()
        for key in keys { try transaction.update(key) }
      })
  }

  /// Does `work` to all keys that `find` finds, most of them in one transaction. A key that fails keeps nobody else
  /// waiting: the others of its batch are then done one by one, and the next batch goes past it.
  private func perform(
    on find: @escaping @Sendable (any StoreReader, _ limit: Int) throws(Fault) -> [KeyName],
    _ work: @escaping @Sendable (Key, any StoreTransaction) throws(Fault) -> Void
  ) async throws(Fault) -> DueWork {
    var outcome = DueWork()
    var failed: Set<KeyName> = []
    while true {
      let limit = Self.dueWorkBatch + failed.count
      let due = try await store.read { reader throws(Fault) in try find(reader, limit) }
        .filter { !failed.contains($0) }
      guard !due.isEmpty else { return outcome }
      do {
        outcome.done += try await perform(work, on: due)
      } catch {
        for name in due {
          do {
            outcome.done += try await perform(work, on: [name])
          } catch {
            outcome.failures.append((name, error))
            failed.insert(name)
          }
        }
      }
    }
  }

  private static let dueWorkBatch = 100

  /// Does `work` to keys in one transaction.
  ///
  /// - Returns: those that are there, as they were before.
  private func perform(
    _ work: @escaping @Sendable (Key, any StoreTransaction) throws(Fault) -> Void, on names: [KeyName]
  ) async throws(Fault) -> [Key] {
    // Also when the write fails: whether it took place may then be unknown.
    defer { for name in names { snapshots.invalidate(name) } }
    let keys = try await store.write { transaction throws(Fault) -> [Key] in
      var keys: [Key] = []
      for name in names {
        // As it is by now: somebody may have changed it since it was found.
        guard let key = try transaction.key(name.id, region: name.region) else { continue }
        try work(key, transaction)
        keys.append(key)
      }
      return keys
    }
    forget(keys)
    return keys
  }
}
