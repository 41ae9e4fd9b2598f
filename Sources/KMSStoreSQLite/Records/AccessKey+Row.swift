// Access keys in rows of the table `access_key`.

import GRDB
import KMSDomain

extension AccessKey {
  /// An access key from a row of `selectAccessKey` and its kin.
  init(_ row: Row) throws {
    self.init(
      id: try row.freeText(0),
      account: try row.parsed(1, AccountID.init),
      principalARN: try row.freeText(2),
      wrappedSecret: try row.bytes(3),
      isActive: try row.count(5) == 1,
      creationDate: try row.instant(4))
  }

  /// The arguments of `putAccessKey`.
  var arguments: [(any DatabaseValueConvertible)?] {
    get throws {
      [
        bindable(id), account.description, bindable(principalARN), bindable(wrappedSecret),
        try StoredInstant(creationDate).milliseconds, isActive ? 1 : 0,
      ]
    }
  }
}
