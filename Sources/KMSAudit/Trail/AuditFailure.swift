// Why something cannot be recorded. A request that cannot be recorded is refused.

/// A failure of the audit trail.
public enum AuditFailure: Error, Sendable, CustomStringConvertible {
  /// A file or the directory cannot be used.
  case inaccessible(path: String, reason: String)
  /// The store has a head that this audit key did not make.
  case headNotAuthentic
  /// There are records, but the store knows of no trail.
  case foreignRecords(path: String)
  /// The store does not take or give the head.
  case headUnavailable(reason: String)
  /// Records could not be written lately, or there is no room for another.
  case suspended
  /// The trail has been closed.
  case closed

  /// One line for the operator.
  public var description: String {
    switch self {
    case .inaccessible(let path, let reason): "\(path) cannot be used: \(reason)"
    case .headNotAuthentic:
      "the head of the audit trail in the store is not authentic: it was altered, or made with another audit key"
    case .foreignRecords(let path):
      "\(path) has records of an audit trail that the store knows nothing of: move them elsewhere"
    case .headUnavailable(let reason): "the store does not keep the head of the audit trail: \(reason)"
    case .suspended: "the audit trail cannot take records at the moment"
    case .closed: "the audit trail is closed"
    }
  }
}
