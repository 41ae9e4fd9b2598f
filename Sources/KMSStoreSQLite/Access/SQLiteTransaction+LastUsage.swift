// The last use of keys.

import KMSDomain

extension SQLiteTransaction {
  func lastUsage(of keyID: KeyID, region: Region) throws(Fault) -> KeyLastUsage? {
    try perform {
      try fetch(.selectLastUsage, [region.description, keyID.description]) { row in
        KeyLastUsage(
          operation: try row.freeText(0), date: try row.instant(1), requestID: try row.freeText(2))
      }.first
    }
  }

  func record(_ usage: KeyLastUsage, of keyID: KeyID, region: Region) throws(Fault) {
    try perform {
      _ = try execute(
        .putLastUsage,
        [
          region.description, keyID.description, bindable(usage.operation),
          try StoredInstant(usage.date).milliseconds, bindable(usage.requestID),
        ])
    }
  }
}
