// Which failures pass by themselves, so that trying again makes sense.

internal import AWSJSON

/// Why an attempt is worth repeating.
///
/// Source: the standard retry mode of the AWS SDKs, as botocore's `retries/standard.py` has it, without
/// `LimitExceededException`: that is a throttling error of other services, in KMS a quota that no waiting raises.
enum RetryReason: Equatable, Sendable {
  /// A broken connection, a timeout, a fault of the service.
  case transient
  /// Too many requests.
  case throttling
  /// The clocks differ; the next attempt is signed with the service's time.
  case clockSkew

  /// The reason to repeat a request that the service answered with `reply`; nil when it would say the same again.
  init?(_ reply: ServiceErrorReply, modeled: ErrorRetryability?) {
    if Self.throttlingCodes.contains(reply.code) || modeled == .throttling {
      self = .throttling
    } else if Self.transientCodes.contains(reply.code) || Self.transientStatuses.contains(reply.statusCode)
      || modeled == .transient
    {
      self = .transient
    } else {
      return nil
    }
  }

  /// The reason to repeat a request that got no reply.
  init?(_ failure: ClientFailure) {
    switch failure {
    case .transport(let error) where !error.isPermanent: self = .transient
    case .timeout: self = .transient
    case .transport, .decoding, .credentials, .cancelled: return nil
    }
  }

  private static let throttlingCodes: Set<String> = [
    "BandwidthLimitExceeded", "EC2ThrottledException", "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException",
    "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
    "TransactionInProgressException",
  ]

  private static let transientCodes: Set<String> = ["RequestTimeout", "RequestTimeoutException"]
  private static let transientStatuses: Set<Int> = [500, 502, 503, 504]
}
