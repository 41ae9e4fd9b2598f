// Log lines about refused signatures, at a bounded rate: whoever has no access key must not be able to fill a disk.

import AWSSigV4
import Logging
import Synchronization

/// Logs a few refused signatures in every window of time, and says how many were left out. All are counted in metrics.
final class SignatureRefusalLog: Sendable {
  /// The lines allowed in one window.
  static let linesPerWindow = 5
  /// How long a window is.
  static let window = Duration.seconds(10)

  private struct State {
    var windowEnd: ContinuousClock.Instant?
    var lines = 0
    var suppressed = 0
  }

  private let logger: Logger
  private let state = Mutex(State())

  init(logger: Logger) { self.logger = logger }

  /// Logs a refusal, unless this window has had its lines. Nothing that the sender wrote is in the line.
  func record(
    _ error: SignatureError, remoteAddress: String?, _ id: RequestID, now: ContinuousClock.Instant = .now
  ) {
    guard let suppressed = admit(now: now) else { return }
    logger.info(
      "signature refused",
      metadata: [
        "request-id": "\(id)", "code": "\(error.code)", "remote": "\(remoteAddress ?? "-")",
        "suppressed": "\(suppressed)",
      ])
  }

  /// How many lines were left out since the last one; nil when none may be written now.
  private func admit(now: ContinuousClock.Instant) -> Int? {
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
