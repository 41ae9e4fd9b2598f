// Aliases.

import GRDB
import KMSDomain

extension SQLiteTransaction {
  func alias(_ name: AliasName, in home: AccountRegion) throws(Fault) -> Alias? {
    let arguments = [home.account.description, home.region.description, name.description]
    return try perform { try fetch(.selectAlias, arguments, Alias.init).first }
  }

  func aliases(
    in home: AccountRegion, of keyID: KeyID?, after name: AliasName?, limit: Int
  ) throws(Fault) -> [Alias] {
    let statement: StoreStatement = keyID == nil ? .selectAliases : .selectAliasesOfKey
    var arguments: [(any DatabaseValueConvertible)?] = [home.account.description, home.region.description]
    if let keyID { arguments.append(keyID.description) }
    arguments += [name?.description ?? "", max(limit, 0)]
    return try perform { try fetch(statement, arguments, Alias.init) }
  }

  func aliasCount(of keyID: KeyID, in home: AccountRegion) throws(Fault) -> Int {
    let arguments = [home.account.description, home.region.description, keyID.description]
    return try perform { try fetch(.countAliasesOfKey, arguments) { try $0.count(0) }.first ?? 0 }
  }

  func insert(_ alias: Alias) throws(Fault) {
    try perform { _ = try execute(.insertAlias, try alias.arguments) }
  }

  func update(_ alias: Alias) throws(Fault) {
    try perform {
      guard try execute(.updateAlias, try alias.arguments) == 1 else {
        throw MissingRecordError(record: "alias \(alias.arn)")
      }
    }
  }

  func deleteAlias(_ name: AliasName, in home: AccountRegion) throws(Fault) {
    try perform {
      _ = try execute(.deleteAlias, [home.account.description, home.region.description, name.description])
    }
  }
}
