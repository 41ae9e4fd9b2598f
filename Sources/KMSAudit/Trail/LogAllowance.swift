// How many log lines something may cause: what strangers can make happen at will must not fill a disk.

import Synchronization

/// Allows a few log lines in every window of time, and counts those that were left out.
public final class LogAllowance: Sendable {
  private struct State {
    var windowEnd: ContinuousClock.Instant?
    var lines = 0
    var suppressed = 0
  }

  private let linesPerWindow: Int
  private let window: Duration
  private let state = Mutex(State())

  /// Allows `linesPerWindow` lines in every `window`.
  public init(linesPerWindow: Int, window: Duration = .seconds(10)) {
    self.linesPerWindow = linesPerWindow
    self.window = window
  }

  /// Whether a line may be written now: nil when not, else how many were left out since the last one.
  public func take(now: ContinuousClock.Instant = .now) -> Int? {
    state.withLock { state in
      if state.windowEnd.map({ now >= $0 }) ?? true {
        state.windowEnd = now + window
        state.lines = 0
      }
      guard state.lines < linesPerWindow else {
        state.suppressed += 1
        return nil
      }
      state.lines += 1
      defer { state.suppressed = 0 }
      return state.suppressed
    }
  }
}
