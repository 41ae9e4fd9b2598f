// The keys under the root key: one secret in the store, and from it a key for each purpose.

import KMSCrypto
public import KMSDomain
public import KMSOperations
public import SecureMemory

/// The keys that protect what the store holds.
///
/// The store key is random and lies in the store, wrapped under the root key; changing the root key re-wraps this one
/// value. Each purpose has a key derived from it, so that what was sealed for one never opens for another.
public struct StoreKeys: Sendable {
  /// For key material.
  public let vault: MaterialVault
  /// For what callers are handed and bring back.
  public let seals: Seals
  /// For secret access keys.
  let accessKeys: KeyWrap
  /// The key of the audit trail's chain, unless the operator keeps one elsewhere.
  public let audit: SecretBytes

  /// Whether an audit trail has been begun for this store: see ``noteAuditTrail(in:rootKey:)``.
  public let hasAuditTrail: Bool

  /// The name of the store's property that holds the wrapped store key.
  static let propertyName = "store-key"
  private static let binding = Array("keywright store key".utf8)
  /// What the store key is bound to once an audit trail has been begun.
  private static let auditedBinding = Array("keywright store key, audit trail begun".utf8)

  /// Why the store's keys cannot be had.
  public enum Failure: Error, CustomStringConvertible {
    case wrongRootKey
    case crypto(any Error)
    case store(Fault)

    /// One line for the operator.
    public var description: String {
      switch self {
      case .wrongRootKey: "the root key does not open this store: it belongs to another one, or the store was altered"
      case .crypto(let error): "the store's keys cannot be made: \(error)"
      case .store(let fault):
        "the store cannot be read: \(fault.cause.map { "\($0)" } ?? fault.message ?? "\(fault.kind)")"
      }
    }
  }

  /// Whether the store has its key already, so that a root key for it must exist.
  public static func exist(in store: any Store) async throws(Failure) -> Bool {
    do {
      return try await store.read { reader throws(Fault) in try reader.property(propertyName) != nil }
    } catch {
      throw .store(error)
    }
  }

  /// Opens the store's keys with the root key, or makes them for a new store.
  public static func open(_ store: any Store, rootKey: SecretBytes) async throws(Failure) -> StoreKeys {
    let wrapped: [UInt8]?
    do {
      wrapped = try await store.read { reader throws(Fault) in try reader.property(propertyName) }
    } catch {
      throw .store(error)
    }
    if let wrapped {
      let (storeKey, hasAuditTrail) = try open(wrapped, rootKey)
      return try StoreKeys(storeKey: storeKey, hasAuditTrail: hasAuditTrail)
    }
    return try await create(in: store, rootKey)
  }

  /// Notes in the store, for good, that an audit trail has been begun.
  ///
  /// The note is in the wrapped store key itself: without the root key it cannot be taken off, and without the store
  /// key the store is of no use. So a trail that is not there any more is missed, even if all that tells of it is
  /// deleted. Only an older copy of the wrapped store key does not have the note.
  public static func noteAuditTrail(in store: any Store, rootKey: SecretBytes) async throws(Failure) {
    let wrapped: [UInt8]
    do {
      guard let found = try await store.read({ reader throws(Fault) in try reader.property(propertyName) }) else {
        return
      }
      wrapped = found
    } catch {
      throw .store(error)
    }
    let (storeKey, hasAuditTrail) = try open(wrapped, rootKey)
    guard !hasAuditTrail else { return }
    try await save(try wrap(storeKey, rootKey, auditedBinding), in: store)
  }

  private static func open(
    _ wrapped: [UInt8], _ rootKey: SecretBytes
  ) throws(Failure) -> (storeKey: SecretBytes, hasAuditTrail: Bool) {
    do {
      let rootKey = try KeyWrap(wrappingKey: rootKey)
      if let storeKey = try? rootKey.unwrap(wrapped, associatedData: auditedBinding) { return (storeKey, true) }
      return (try rootKey.unwrap(wrapped, associatedData: binding), false)
    } catch {
      throw .wrongRootKey
    }
  }

  private static func create(in store: any Store, _ rootKey: SecretBytes) async throws(Failure) -> StoreKeys {
    let storeKey = RandomBytes.bytes(count: 32)
    try await save(try wrap(storeKey, rootKey, binding), in: store)
    return try StoreKeys(storeKey: storeKey, hasAuditTrail: false)
  }

  private static func wrap(
    _ storeKey: SecretBytes, _ rootKey: SecretBytes, _ binding: [UInt8]
  ) throws(Failure) -> [UInt8] {
    do {
      return try KeyWrap(wrappingKey: rootKey).wrap(storeKey, associatedData: binding)
    } catch {
      throw .crypto(error)
    }
  }

  private static func save(_ wrapped: [UInt8], in store: any Store) async throws(Failure) {
    do {
      try await store.write { transaction throws(Fault) in try transaction.setProperty(propertyName, to: wrapped) }
    } catch {
      throw .store(error)
    }
  }

  private init(storeKey: SecretBytes, hasAuditTrail: Bool) throws(Failure) {
    self.hasAuditTrail = hasAuditTrail
    do {
      let derivation = try CounterModeKDF(key: storeKey)
      vault = MaterialVault(
        storeKey: try KeyWrap(wrappingKey: try derivation.derive(label: "keywright/key-material/1")))
      seals = try Seals { (label) throws(CryptoError) in
        try KeyWrap(wrappingKey: try derivation.derive(label: label))
      }
      accessKeys = try KeyWrap(wrappingKey: try derivation.derive(label: "keywright/access-keys/1"))
      audit = try derivation.derive(label: "keywright/audit-trail/1")
    } catch {
      throw .crypto(error)
    }
  }
}
