// Custom key stores, and the keys in them.

import GRDB
import KMSDomain

extension SQLiteTransaction {
  func customKeyStore(_ id: String, in home: AccountRegion) throws(Fault) -> CustomKeyStore? {
    try perform {
      try fetch(
        .selectCustomKeyStore, [home.account.description, home.region.description, bindable(id)],
        CustomKeyStore.init
      ).first
    }
  }

  func customKeyStores(in home: AccountRegion, after name: String?, limit: Int) throws(Fault) -> [CustomKeyStore] {
    let arguments: [(any DatabaseValueConvertible)?] = [
      home.account.description, home.region.description, bindable(name ?? ""), max(limit, 0),
    ]
    return try perform { try fetch(.selectCustomKeyStores, arguments, CustomKeyStore.init) }
  }

  func hasKeys(inCustomKeyStore id: String, of home: AccountRegion) throws(Fault) -> Bool {
    let arguments: [(any DatabaseValueConvertible)?] = [
      home.account.description, home.region.description, bindable(id),
    ]
    return try perform { try !fetch(.selectKeyInCustomKeyStore, arguments) { try $0.parsed(0, KeyID.init) }.isEmpty }
  }

  func keyID(
    externalKeyID: String, inCustomKeyStore id: String, of home: AccountRegion
  ) throws(Fault) -> KeyID? {
    let arguments: [(any DatabaseValueConvertible)?] = [
      home.account.description, home.region.description, bindable(id), bindable(externalKeyID),
    ]
    return try perform { try fetch(.selectKeyByExternalKey, arguments) { try $0.parsed(0, KeyID.init) }.first }
  }

  func insert(_ customKeyStore: CustomKeyStore) throws(Fault) {
    try perform { _ = try execute(.insertCustomKeyStore, try customKeyStore.arguments) }
  }

  func update(_ customKeyStore: CustomKeyStore) throws(Fault) {
    try perform {
      guard try execute(.updateCustomKeyStore, try customKeyStore.arguments) == 1 else {
        throw MissingRecordError(record: "custom key store \(customKeyStore.id)")
      }
    }
  }

  func deleteCustomKeyStore(_ id: String, in home: AccountRegion) throws(Fault) {
    // A foreign key refuses it while there are keys.
    try perform {
      _ = try execute(
        .deleteCustomKeyStore, [home.account.description, home.region.description, bindable(id)])
    }
  }
}
