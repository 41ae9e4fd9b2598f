// Finds keys and aliases, and is the only way to change what it remembers of them, so that no request sees an old state.

import KMSAccess
import KMSCrypto
public import KMSDomain
import struct FoundationEssentials.Date

/// Keys and aliases in front of the store.
///
/// Whatever changes a key goes through this type, which then forgets what it remembers of it; the files
/// `KeyDirectory+….swift` hold the changes that take more than a key's own record.
public final class KeyDirectory: Sendable {
  struct AliasKey: Hashable, Sendable {
    let name: AliasName
    let home: AccountRegion
  }

  /// Where everything is kept.
  public let store: any Store
  let vault: MaterialVault
  let snapshots: SnapshotCache<KeyName, ActiveKey>
  let aliasTargets: SnapshotCache<AliasKey, KeyID>
  let grants: SnapshotCache<GranteeKey, GrantIndex>
  let grantReads = SharedWork<GrantRead, Result<GrantIndex, Fault>>()
  /// Remembers when keys were last used.
  let usage: UsageLog

  /// A directory that keeps up to `capacity` keys, and as many alias targets, in memory.
  public init(store: any Store, vault: MaterialVault, usage: UsageLog, capacity: Int = 20_000) {
    self.store = store
    self.usage = usage
    grants = SnapshotCache(capacity: capacity)
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
    let found = try await store.read { reader throws(Fault) -> (key: Key, customKeyStore: CustomKeyStore?)? in
      guard let key = try reader.key(id, region: region) else { return nil }
      guard let customKeyStoreID = key.customKeyStoreID else { return (key, nil) }
      return (key, try reader.customKeyStore(customKeyStoreID, in: key.home))
    }
    guard let found else { return nil }
    // Material that does not open forbids its use only: such a key can be described, disabled and deleted.
    let material = Result { () throws(Fault) in try OpenedMaterial(found.key, vault: vault) }
    let key = ActiveKey(record: found.key, customKeyStore: found.customKeyStore, material: material)
    if case .success = material { snapshots.keep(key, as: name, ticket: ticket) }
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

  /// Refuses when the account has as many keys in the Region as it may have.
  func requireRoom(in home: AccountRegion, quotas: ResourceQuotas) async throws(Fault) {
    let count = try await store.read { reader throws(Fault) in try reader.keyCount(in: home) }
    guard count < quotas.keys else { throw .tooManyKeys }
  }

  /// Adds a key, unless the account has as many in the Region as it may have, or the external key that it is to be
  /// associated with is not free.
  func insert(_ key: Key, quotas: ResourceQuotas, externalKey: NewExternalKey?) async throws(Fault) {
    try await store.write { transaction throws(Fault) in
      try externalKey?.claim(in: transaction, of: key.home)
      guard try transaction.keyCount(in: key.home) < quotas.keys else { throw .tooManyKeys }
      try transaction.insert(key)
    }
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
      try change(&record)
      try transaction.update(record)
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

  /// Forgets the keys of a custom key store. Call it when the store's connection has changed.
  func customKeyStoreChanged(_ id: String, in home: AccountRegion) {
    snapshots.invalidate { _, key in key.record.customKeyStoreID == id && key.record.home == home }
  }
}
