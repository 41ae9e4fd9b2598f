// How far this machine's clock is from the service's.

internal import AWSJSON
internal import AWSSigV4
internal import Synchronization

/// What is added to the local time before a request is signed.
///
/// It is learnt from the `Date` field of a reply that refused a signature, and only when the two clocks differ by more
/// than a service tolerates: a wrong secret must not look like a wrong clock.
final class ClockSkew: Sendable {
  /// Differences up to this are within what services accept (KMS: five minutes).
  static let tolerance: Int64 = 240

  private let seconds = Mutex<Int64>(0)

  /// The service's time when it is `local` here.
  func corrected(_ local: SigningTime) -> SigningTime {
    SigningTime(secondsSinceEpoch: local.secondsSinceEpoch + seconds.withLock { $0 })
  }

  /// Learns from a refusal whose request was signed at `signed`, when it was `local` here.
  ///
  /// - Returns: whether the refusal was about the clock, so that another attempt makes sense.
  func learn(from code: String, date: String?, signed: SigningTime, local: SigningTime) -> Bool {
    guard Self.codes.contains(code), let date, let server = SigningTime(httpDate: date),
      abs(server.secondsSinceEpoch - signed.secondsSinceEpoch) > Self.tolerance
    else { return false }
    seconds.withLock { $0 = server.secondsSinceEpoch - local.secondsSinceEpoch }
    return true
  }

  private static let codes: Set<String> = [
    "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
  ]
}
