// How much of the failures of proxies is logged: they fail as often as their owners like.

import KMSOperations
import Synchronization

/// Lets ten failures of a proxy through in a minute, and the first of each kind besides.
final class FailureLimit: Sendable {
  private struct Minute {
    let end: ContinuousClock.Instant
    var kinds: Set<ProxyFailure> = []
    var admitted = 0
    var suppressed = 0
  }

  private static let limit = 10
  private static let proxies = 1024

  private let minutes = Mutex<[String: Minute]>([:])

  /// Whether to log a failure.
  ///
  /// - Returns: how many were not since the last that was; nil when this is not to be, either.
  func admit(_ failure: ProxyFailure, of proxy: String, at now: ContinuousClock.Instant) -> Int? {
    minutes.withLock { minutes in
      var minute = minutes[proxy] ?? Self.newMinute(at: now, &minutes)
      if now >= minute.end {
        let suppressed = minute.suppressed
        minute = Minute(end: now + .seconds(60))
        minute.suppressed = suppressed
      }
      defer { minutes[proxy] = minute }
      let isFirst = minute.kinds.insert(failure).inserted
      guard isFirst || minute.admitted < Self.limit else {
        minute.suppressed += 1
        return nil
      }
      minute.admitted += 1
      defer { minute.suppressed = 0 }
      return minute.suppressed
    }
  }

  private static func newMinute(at now: ContinuousClock.Instant, _ minutes: inout [String: Minute]) -> Minute {
    if minutes.count >= proxies {
      minutes = minutes.filter { now < $0.value.end }
      if minutes.count >= proxies { minutes = [:] }
    }
    return Minute(end: now + .seconds(60))
  }
}
