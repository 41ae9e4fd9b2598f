// Log lines about refused requests, at a bounded rate: whoever sends garbage must not be able to fill a disk.

import Logging
import NIOCore
import Synchronization

/// Logs at most a few refusals in every window of time, and says how many were left out.
final class RefusalLog: Sendable {
  /// The lines allowed in one window.
  static let linesPerWindow = 5
  /// How long a window is.
  static let window = TimeAmount.seconds(10)

  private struct State {
    var windowEnd = NIODeadline.uptimeNanoseconds(0)
    var lines = 0
    var suppressed = 0
  }

  private let logger: Logger
  private let state = Mutex(State())
  private let refusals = Atomic(0)

  init(logger: Logger) { self.logger = logger }

  /// How many refusals there were, logged or not.
  var total: Int { refusals.load(ordering: .relaxed) }

  /// Logs the refusal, unless this window has had its lines. Nothing that the caller sent is in the line.
  func record(_ refusal: Refusal, remoteAddress: String?, now: NIODeadline = .now()) {
    refusals.wrappingAdd(1, ordering: .relaxed)
    guard let suppressed = admit(now: now) else { return }
    logger.info(
      "refused a request",
      metadata: [
        "status": "\(refusal.status)", "reason": "\(refusal.reason)", "remote": "\(remoteAddress ?? "-")",
        "suppressed": "\(suppressed)",
      ])
  }

  /// Whether a line may be written now: nil when not, else how many were left out since the last one.
  private func admit(now: NIODeadline) -> Int? {
    state.withLock { state in
      if now >= state.windowEnd {
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
