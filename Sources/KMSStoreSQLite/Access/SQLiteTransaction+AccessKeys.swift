// Access keys, and what the service keeps about the store itself.

import KMSDomain

extension SQLiteTransaction {
  func accessKey(_ id: String) throws(Fault) -> AccessKey? {
    try perform {
      try fetch(.selectAccessKey, [bindable(id)]) { row in
        AccessKey(
          id: try row.freeText(0), account: try row.parsed(1, AccountID.init), principalARN: try row.freeText(2),
          wrappedSecret: try row.bytes(3), creationDate: try row.instant(4))
      }.first
    }
  }

  func put(_ accessKey: AccessKey) throws(Fault) {
    try perform {
      _ = try execute(
        .putAccessKey,
        [
          bindable(accessKey.id), accessKey.account.description, bindable(accessKey.principalARN),
          bindable(accessKey.wrappedSecret), try StoredInstant(accessKey.creationDate).milliseconds,
        ])
    }
  }

  func property(_ name: String) throws(Fault) -> [UInt8]? {
    try perform { try fetch(.selectProperty, [bindable(name)]) { try $0.bytes(0) }.first }
  }

  func setProperty(_ name: String, to value: [UInt8]) throws(Fault) {
    try perform { _ = try execute(.putProperty, [bindable(name), bindable(value)]) }
  }
}
