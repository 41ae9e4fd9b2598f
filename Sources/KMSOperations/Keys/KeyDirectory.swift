// Finds keys and aliases, and is the only way to change them, so that no request sees an old state after a change.

import KMSCrypto
public import KMSDomain
public import struct FoundationEssentials.Date

/// Keys and aliases in front of the store.
public final class KeyDirectory: Sendable {
  private struct KeyName: Hashable, Sendable {
    let id: KeyID
    let region: Region
  }

  private struct AliasKey: Hashable, Sendable {
    let name: AliasName
    let home: AccountRegion
  }

  let store: any Store
  let vault: MaterialVault
  private let snapshots: SnapshotCache<KeyName, ActiveKey>
  private let aliasTargets: SnapshotCache<AliasKey, KeyID>

  /// A directory that keeps up to `capacity` keys, and as many alias targets, in memory.
  public init(store: any Store, vault: MaterialVault, capacity: Int = 20_000) {
    self.store = store
    self.vault = vault
    snapshots = SnapshotCache(capacity: capacity)
    aliasTargets = SnapshotCache(capacity: capacity)
  }

  // MARK: Reading

  /// The key `id` of `region`, whichever account owns it.
  func key(_ id: KeyID, region: Region) async throws(Fault) -> ActiveKey? {
    let name = KeyName(id: id, region: region)
    let (cached, ticket) = snapshots.look(up: name)
    if let cached { return cached }
    let found = try await store.read { reader throws(Fault) in try reader.key(id, region: region) }
    guard let found else { return nil }
    let key = try activate(found)
    snapshots.keep(key, as: name, ticket: ticket)
    return key
  }

  /// The id of the key that an alias stands for.
  func target(of name: AliasName, in home: AccountRegion) async throws(Fault) -> KeyID? {
    let alias = AliasKey(name: name, home: home)
    let (cached, ticket) = aliasTargets.look(up: alias)
    if let cached { return cached }
    let found = try await store.read { reader throws(Fault) in try reader.alias(name, in: home)?.targetKeyID }
    guard let found else { return nil }
    aliasTargets.keep(found, as: alias, ticket: ticket)
    return found
  }

  // MARK: Changing

  /// Adds a key.
  func insert(_ key: Key) async throws(Fault) {
    try await store.write { transaction throws(Fault) in try transaction.insert(key) }
  }

  /// Changes a key in one transaction: `change` sees the current record, and what it throws leaves the key as it was.
  func update(
    _ key: ActiveKey, _ change: @escaping @Sendable (inout Key) throws(Fault) -> Void
  ) async throws(Fault) -> Key {
    let id = key.record.id
    let region = key.record.home.region
    let arn = key.arn
    // Also when the write fails: whether it took place may then be unknown.
    defer { snapshots.invalidate(KeyName(id: id, region: region)) }
    return try await store.write { transaction throws(Fault) in
      guard var record = try transaction.key(id, region: region) else { throw .keyNotFound(arn) }
      let before = record
      try change(&record)
      if record != before { try transaction.update(record) }
      return record
    }
  }

  /// Changes aliases in one transaction; `names` are those that may change.
  func changeAliases(
    _ names: [AliasName], in home: AccountRegion,
    _ change: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Void
  ) async throws(Fault) {
    defer { for name in names { aliasTargets.invalidate(AliasKey(name: name, home: home)) } }
    try await store.write(change)
  }

  /// Deletes the keys whose waiting period has ended by `now`, with their aliases.
  ///
  /// - Returns: the ARNs of the keys deleted.
  public func deleteDueKeys(now: Date) async throws(Fault) -> [String] {
    var deleted: [String] = []
    while true {
      let batch = try await store.write { transaction throws(Fault) in
        let due = try transaction.keysDueForDeletion(at: now, limit: 100)
        for key in due { try transaction.deleteKey(key.id, region: key.home.region) }
        return due
      }
      guard !batch.isEmpty else { return deleted }
      for key in batch { snapshots.invalidate(KeyName(id: key.id, region: key.home.region)) }
      let gone = Set(batch.map { KeyName(id: $0.id, region: $0.home.region) })
      aliasTargets.invalidate { alias, target in gone.contains(KeyName(id: target, region: alias.home.region)) }
      deleted += batch.map(\.arn)
    }
  }

  private func activate(_ record: Key) throws(Fault) -> ActiveKey {
    guard record.spec == .symmetricDefault else { return ActiveKey(record: record, materials: [:]) }
    var materials: [MaterialID: SymmetricKeyMaterial] = [:]
    for wrapped in record.materials {
      let secret = try vault.open(wrapped, of: record)
      guard let id = MaterialID(hex: wrapped.id) else { throw .internalFailure(MissingMaterial(keyARN: record.arn)) }
      do {
        materials[id] = try SymmetricKeyMaterial(secret)
      } catch {
        throw .internalFailure(error)
      }
    }
    return ActiveKey(record: record, materials: materials)
  }
}
