// Principals in rows of the table `principal`.

import GRDB
import KMSDomain

extension Principal {
  /// A principal from a row of `selectPrincipal` and its kin.
  init(_ row: Row) throws {
    self.init(
      id: try row.freeText(1),
      partition: try row.freeText(2),
      account: try row.parsed(3, AccountID.init),
      kind: try row.parsed(4, Kind.init),
      path: try row.freeText(5),
      name: try row.freeText(6),
      policies: try StoredPolicies(json: row.text(12)).policies(),
      permissionsBoundary: try row.optionalFreeText(10),
      trustPolicy: try row.optionalFreeText(11),
      maximumSessionDuration: try row.count(8),
      tags: try StoredTags(json: row.text(9)).tags(),
      creationDate: try row.instant(7))
    // The ARN is what the row is found by: one that does not follow from the rest belongs to another principal.
    guard arn.utf8.elementsEqual(try row.freeText(0).utf8) else { throw row.unreadable(0) }
  }

  /// The arguments of `putPrincipal`.
  var arguments: [(any DatabaseValueConvertible)?] {
    get throws {
      [
        bindable(arn), bindable(id), bindable(partition), account.description, kind.rawValue, bindable(path),
        bindable(name), try StoredInstant(creationDate).milliseconds, maximumSessionDuration,
        try StoredTags(tags).json, bindable(permissionsBoundary), bindable(trustPolicy),
        try StoredPolicies(policies).json,
      ]
    }
  }
}
