// Grants in rows of the table `grant`.

import GRDB
import KMSDomain

extension Grant {
  /// A grant from a row of `selectGrant` and its kin.
  init(_ row: Row) throws {
    self.init(
      id: try row.freeText(2),
      keyID: try row.parsed(1, KeyID.init),
      home: AccountRegion(account: try row.parsed(3, AccountID.init), region: try row.parsed(0, Region.init)),
      name: try row.optionalFreeText(4),
      granteePrincipal: try row.freeText(5),
      retiringPrincipal: try row.optionalFreeText(6),
      operations: try row.list(9, GrantOperation.init),
      constraints: try row.decode(String?.self, atIndex: 10).map { try StoredConstraints(json: $0).constraints() },
      issuingAccount: try row.parsed(7, AccountID.init),
      creationDate: try row.instant(8))
  }

  /// The arguments of `insertGrant`.
  var arguments: [(any DatabaseValueConvertible)?] {
    get throws {
      [
        home.region.description, keyID.description, bindable(id), home.account.description, bindable(name),
        bindable(granteePrincipal), bindable(retiringPrincipal), issuingAccount.description,
        try StoredInstant(creationDate).milliseconds, operations.map(\.rawValue).joined(separator: ","),
        try constraints.map { try StoredConstraints($0).json },
      ]
    }
  }
}
