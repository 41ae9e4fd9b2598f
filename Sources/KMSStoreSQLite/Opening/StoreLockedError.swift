// The refusal to open a store that another process has open.

/// Another process, or another store in this one, has the data directory open.
public struct StoreLockedError: Error, Hashable, CustomStringConvertible {
  /// The lock file that is held.
  public let path: String

  /// What an operator is told.
  public var description: String { "The store is in use: another process holds the lock \(path)." }
}
