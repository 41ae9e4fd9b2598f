// How long to wait before the next attempt.

/// Exponential backoff with full jitter.
///
/// Before attempt *n* + 1 the wait is a random part of `base × 2ⁿ⁻¹`, at most the configured maximum; the base is 50 ms
/// for a transient failure and one second for throttling. What the service asks for in `x-amz-retry-after` (whole
/// milliseconds) is honoured up to five seconds beyond that. Source: botocore `retries/standard.py`, 2026 rules.
struct RetryBackoff: Sendable {
  let maximum: Duration
  /// Gives a number from 0 up to 1.
  let random: @Sendable () -> Double

  /// The wait after attempt number `attempt`, counted from 1.
  func delay(after attempt: Int, reason: RetryReason, retryAfter: Duration?) -> Duration {
    let base: Duration =
      switch reason {
      case .transient: .milliseconds(50)
      case .throttling: .seconds(1)
      case .clockSkew: .zero
      }
    let doublings = min(max(attempt - 1, 0), 20)
    let delay = min(base * (1 << doublings), maximum) * random()
    guard let retryAfter else { return delay }
    return max(delay, min(retryAfter, delay + .seconds(5)))
  }

  /// Reads the value of `x-amz-retry-after`; nil for anything but a number of milliseconds.
  static func retryAfter(_ header: String?) -> Duration? {
    guard let header, let milliseconds = Int64(header), milliseconds >= 0 else { return nil }
    return .milliseconds(milliseconds)
  }
}
