// The page of metrics, written anew only so often: whoever can reach the port can ask for it.

import NIOCore
import Synchronization

/// Writes pages, and keeps the last one for those who ask too often.
final class MetricsPages: Sendable {
  private struct State {
    var last: [UInt8]?
    var windowEnd = NIODeadline.uptimeNanoseconds(0)
    var written = 0
  }

  private let limit: Int
  private let write: @Sendable (HTTPServer.Load) -> [UInt8]?
  private let state = Mutex(State())

  /// Pages that `write` writes, at most `limit` of them in a second, and at least one.
  init(perSecond limit: Int, write: @escaping @Sendable (HTTPServer.Load) -> [UInt8]?) {
    self.limit = max(limit, 1)
    self.write = write
  }

  /// The page of this moment, or the last one if this second has had its pages; nil when it could not be written.
  func page(_ load: @autoclosure () -> HTTPServer.Load, now: NIODeadline = .now()) -> [UInt8]? {
    state.withLock { state in
      if now >= state.windowEnd {
        state.windowEnd = now + .seconds(1)
        state.written = 0
      }
      guard state.written < limit else { return state.last }
      state.written += 1
      // Written under the lock: two threads would otherwise write one page each, and neither would be sooner.
      state.last = write(load())
      return state.last
    }
  }
}
