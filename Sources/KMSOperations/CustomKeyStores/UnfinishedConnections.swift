// Which custom key stores are being connected, so that a service that was stopped meanwhile goes on at its next start.

import KMSDomain

/// A list in the store of those that are CONNECTING. It changes in the transactions that start and end it.
enum UnfinishedConnections {
  /// A custom key store by what it is found by.
  struct Name: Hashable, Sendable {
    let id: String
    let home: AccountRegion
  }

  private static let property = "connecting-custom-key-stores"

  /// All of them.
  static func all(in reader: any StoreReader) throws(Fault) -> [Name] {
    let text = String(decoding: try reader.property(property) ?? [], as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ")
      guard parts.count == 3, let account = AccountID(parts[0]), let region = Region(parts[1]) else { return nil }
      return Name(id: String(parts[2]), home: AccountRegion(account: account, region: region))
    }
  }

  /// Adds a store.
  static func add(_ store: CustomKeyStore, in transaction: any StoreTransaction) throws(Fault) {
    let name = Name(id: store.id, home: store.home)
    let others = try all(in: transaction).filter { $0 != name }
    try set(others + [name], in: transaction)
  }

  /// Removes a store; no effect when it is not there.
  static func remove(_ id: String, in home: AccountRegion, _ transaction: any StoreTransaction) throws(Fault) {
    let before = try all(in: transaction)
    let after = before.filter { $0 != Name(id: id, home: home) }
    if after != before { try set(after, in: transaction) }
  }

  private static func set(_ names: [Name], in transaction: any StoreTransaction) throws(Fault) {
    let lines = names.map { "\($0.home.account) \($0.home.region) \($0.id)" }
    try transaction.setProperty(property, to: Array(lines.joined(separator: "\n").utf8))
  }
}
