// Whether a modelled error goes away by itself.

/// Why a request may be repeated that a service refused (Smithy's `retryable` trait).
public enum ErrorRetryability: Equatable, Sendable {
  /// The fault passes.
  case transient
  /// There were too many requests; the next one should wait longer.
  case throttling
}
