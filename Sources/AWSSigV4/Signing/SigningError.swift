// Why a request cannot be signed.

/// A request or an argument that no valid signature can be made for.
public enum SigningError: Error, Sendable, Equatable {
  /// The request has neither a `Host` field nor `:authority`.
  case missingHost
  /// The lifetime of a presigned request is not from one second to a week.
  case expiryOutOfRange
}
