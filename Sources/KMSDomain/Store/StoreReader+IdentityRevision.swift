// How a process learns that another has changed who there is.

/// A revision of the identities that is no number: the store was altered.
struct UnreadableRevisionError: Error, CustomStringConvertible {
  var description: String { "The property \(identityRevisionProperty) is not a number." }
}

/// The property that holds the revision, as decimal digits.
public let identityRevisionProperty = "identity-revision"

extension StoreReader {
  /// A number that grows with every change of principals and access keys, in the transaction that makes it; 0 in a
  /// store that has seen none.
  public func identityRevision() throws(Fault) -> Int {
    guard let digits = try property(identityRevisionProperty) else { return 0 }
    guard let revision = Int(String(decoding: digits, as: UTF8.self)) else {
      throw .internalFailure(UnreadableRevisionError())
    }
    return revision
  }
}
