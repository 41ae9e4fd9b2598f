// What a caller can choose about repeating attempts.

/// What is tried again, and how often: the standard retry mode of AWS SDKs.
///
/// An attempt that failed for a passing reason (a connection error, a timeout, a status of 500, 502, 503 or 504, or a
/// throttling error) is repeated after a random wait that grows, as long as attempts, the call's time and the client's
/// retry quota last. The service may have acted on an attempt whose reply was lost; it is repeated all the same.
/// `LimitExceededException` is a quota in KMS, not a rate: it is not repeated.
public struct RetryConfiguration: Sendable, Equatable {
  /// How often a request is sent at most, the first time included. 1 repeats nothing.
  public var maximumAttempts: Int
  /// The longest wait between two attempts.
  public var maximumBackoff: Duration

  public init(maximumAttempts: Int = 3, maximumBackoff: Duration = .seconds(20)) {
    self.maximumAttempts = maximumAttempts
    self.maximumBackoff = maximumBackoff
  }

  /// Every request is sent once.
  public static let none = RetryConfiguration(maximumAttempts: 1)
}
