// The calls that most checks make.

import KMSDomain

extension Store {
  /// Adds keys in one transaction.
  func insert(_ keys: [Key]) async throws(Fault) {
    try await write { transaction throws(Fault) in
      for key in keys { try transaction.insert(key) }
    }
  }

  /// Adds aliases in one transaction.
  func insert(_ aliases: [Alias]) async throws(Fault) {
    try await write { transaction throws(Fault) in
      for alias in aliases { try transaction.insert(alias) }
    }
  }

  /// Adds grants in one transaction.
  func insert(_ grants: [Grant]) async throws(Fault) {
    try await write { transaction throws(Fault) in
      for grant in grants { try transaction.insert(grant) }
    }
  }

  /// Adds custom key stores in one transaction.
  func insert(_ customKeyStores: [CustomKeyStore]) async throws(Fault) {
    try await write { transaction throws(Fault) in
      for customKeyStore in customKeyStores { try transaction.insert(customKeyStore) }
    }
  }

  /// The stored record of the same key.
  func stored(_ key: Key) async throws(Fault) -> Key? {
    try await read { reader throws(Fault) in try reader.key(key.id, region: key.home.region) }
  }

  /// The stored record of the same alias.
  func stored(_ alias: Alias) async throws(Fault) -> Alias? {
    try await read { reader throws(Fault) in try reader.alias(alias.name, in: alias.home) }
  }

  /// The stored record of the same grant.
  func stored(_ grant: Grant) async throws(Fault) -> Grant? {
    try await read { reader throws(Fault) in
      try reader.grant(grant.id, on: grant.keyID, region: grant.home.region)
    }
  }

  /// The stored record of the same custom key store.
  func stored(_ customKeyStore: CustomKeyStore) async throws(Fault) -> CustomKeyStore? {
    try await read { reader throws(Fault) in
      try reader.customKeyStore(customKeyStore.id, in: customKeyStore.home)
    }
  }

  /// The recorded last use of a key.
  func lastUsage(of key: Key) async throws(Fault) -> KeyLastUsage? {
    try await read { reader throws(Fault) in try reader.lastUsage(of: key.id, region: key.home.region) }
  }

  /// A property.
  func property(_ name: String) async throws(Fault) -> [UInt8]? {
    try await read { reader throws(Fault) in try reader.property(name) }
  }

  /// Sets a property.
  func setProperty(_ name: String, to value: [UInt8]) async throws(Fault) {
    try await write { transaction throws(Fault) in try transaction.setProperty(name, to: value) }
  }
}

extension StoreReader {
  /// A property that holds a decimal number; 0 when it is not set.
  func number(_ name: String) throws(Fault) -> Int {
    guard let bytes = try property(name) else { return 0 }
    return Int(String(decoding: bytes, as: UTF8.self)) ?? 0
  }
}

extension StoreTransaction {
  /// Sets a property that holds a decimal number.
  func setNumber(_ name: String, to number: Int) throws(Fault) {
    try setProperty(name, to: Array(String(number).utf8))
  }
}
