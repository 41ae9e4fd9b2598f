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

  /// The name of the store's property that holds the wrapped store key.
  static let propertyName = "store-key"
  private static let binding = Array("keywright store key".utf8)

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
    if let wrapped { return try StoreKeys(storeKey: try open(wrapped, rootKey)) }
    return try await create(in: store, rootKey)
  }

  private static func open(_ wrapped: [UInt8], _ rootKey: SecretBytes) throws(Failure) -> SecretBytes {
    do {
      return try KeyWrap(wrappingKey: rootKey).unwrap(wrapped, associatedData: binding)
    } catch {
      throw .wrongRootKey
    }
  }

  private static func create(in store: any Store, _ rootKey: SecretBytes) async throws(Failure) -> StoreKeys {
    let storeKey: SecretBytes
    let wrapped: [UInt8]
    do {
      storeKey = RandomBytes.bytes(count: 32)
      wrapped = try KeyWrap(wrappingKey: rootKey).wrap(storeKey, associatedData: binding)
    } catch {
      throw .crypto(error)
    }
    do {
      try await store.write { transaction throws(Fault) in try transaction.setProperty(propertyName, to: wrapped) }
    } catch {
      throw .store(error)
    }
    return try StoreKeys(storeKey: storeKey)
  }

  private init(storeKey: SecretBytes) throws(Failure) {
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
