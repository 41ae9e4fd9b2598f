// Why a store cannot be opened, other than that it is locked.

/// A store that cannot be opened. What data was there is as it was.
public enum StoreOpeningError: Error, CustomStringConvertible {
  /// The data directory, or a file in it, cannot be made or opened; `reason` is the system's.
  case inaccessible(path: String, reason: String)
  /// There is no database where the service should have made one.
  case missing(path: String)
  /// The file is not an SQLite database.
  case notADatabase(path: String)
  /// The file is an SQLite database of another application.
  case foreignDatabase(path: String)
  /// The database is damaged.
  case corrupt(path: String, cause: any Error)
  /// A newer version of Keywright has changed the database's schema.
  case newerVersion(path: String)
  /// An older version of Keywright has written the database, and only the service brings it up to date.
  case olderVersion(path: String)
  /// SQLite does not promise durable commits here.
  case notDurable(path: String)
  /// Anything else that SQLite reports, such as a full disk.
  case failed(path: String, cause: any Error)

  /// What an operator is told.
  public var description: String {
    switch self {
    case .inaccessible(let path, let reason): "\(path) cannot be used: \(reason)."
    case .missing(let path): "There is no store: \(path) is missing. The service makes it at its first start."
    case .notADatabase(let path): "\(path) is not a database."
    case .foreignDatabase(let path): "\(path) is a database of another application."
    case .corrupt(let path, let cause): "The database \(path) is damaged: \(cause)."
    case .newerVersion(let path):
      "The database \(path) was written by a newer version of Keywright, which this one cannot read."
    case .olderVersion(let path):
      "The database \(path) was written by an older version of Keywright: start the service of this one first."
    case .notDurable(let path): "SQLite does not make commits to \(path) durable."
    case .failed(let path, let cause): "The database \(path) cannot be opened: \(cause)."
    }
  }
}
