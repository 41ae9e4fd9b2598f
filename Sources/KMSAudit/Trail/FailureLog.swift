// Log lines about a trail that fails, at a bounded rate: it may fail with every request.

import Logging
import Synchronization

/// Logs at most a few failures in every window of time, and says how many were left out.
final class FailureLog: Sendable {
  /// The lines allowed in one window.
  static let linesPerWindow = 3
  /// How long a window is.
  static let window = Duration.seconds(10)

  private struct State {
    var windowEnd: ContinuousClock.Instant?
    var lines = 0
    var suppressed = 0
  }

  private let logger: Logger
  private let state = Mutex(State())

  init(_ logger: Logger) { self.logger = logger }

  /// Logs why records are refused, unless this window has had its lines.
  func record(_ failure: AuditFailure) {
    guard let suppressed = admit(now: .now) else { return }
    logger.error(
      "audit records cannot be kept: requests are refused",
      metadata: ["reason": "\(failure)", "suppressed": "\(suppressed)"])
  }

  /// Logs that records are taken again, unless this window has had its lines.
  func recordRecovery() {
    guard admit(now: .now) != nil else { return }
    logger.notice("audit records are kept again")
  }

  /// Whether a line may be written now: nil when not, else how many were left out since the last one.
  func admit(now: ContinuousClock.Instant) -> Int? {
    state.withLock { state in
      if state.windowEnd.map({ now >= $0 }) ?? true {
        state.windowEnd = now + Self.window
        state.lines = 0
      }
      guard state.lines < Self.linesPerWindow else {
        state.suppressed += 1
        return nil
      }
      state.lines += 1
      defer { state.suppressed = 0 }
      return state.suppressed
    }
  }
}
