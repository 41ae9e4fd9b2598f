// Aliases in rows of the table `alias`.

import GRDB
import KMSDomain

extension Alias {
  /// An alias from a row of `selectAlias` and its kin.
  init(_ row: Row) throws {
    self.init(
      name: try row.parsed(2, AliasName.init),
      home: AccountRegion(account: try row.parsed(0, AccountID.init), region: try row.parsed(1, Region.init)),
      targetKeyID: try row.parsed(3, KeyID.init),
      creationDate: try row.instant(4),
      lastUpdatedDate: try row.instant(5))
  }

  /// The arguments of `insertAlias` and `updateAlias`.
  var arguments: [(any DatabaseValueConvertible)?] {
    get throws {
      [
        home.account.description, home.region.description, name.description, targetKeyID.description,
        try StoredInstant(creationDate).milliseconds, try StoredInstant(lastUpdatedDate).milliseconds,
      ]
    }
  }
}
