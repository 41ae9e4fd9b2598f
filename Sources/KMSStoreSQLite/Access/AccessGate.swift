// Lets a store close when nobody uses it any more, and nobody use it once it closes.

import KMSDomain
import Synchronization

/// A call to a store that has been closed.
struct StoreClosedError: Error, CustomStringConvertible {
  var description: String { "The store has been closed." }
}

/// Counts the calls under way.
final class AccessGate: Sendable {
  private struct State {
    var underway = 0
    var isClosed = false
    var closing: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Call before using the database, and ``leave()`` after it.
  func enter() throws(Fault) {
    let isOpen = state.withLock { state in
      if !state.isClosed { state.underway += 1 }
      return !state.isClosed
    }
    guard isOpen else { throw .internalFailure(StoreClosedError()) }
  }

  /// Ends what ``enter()`` began.
  func leave() {
    let closing = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.underway -= 1
      guard state.underway == 0 else { return [] }
      defer { state.closing = [] }
      return state.closing
    }
    for continuation in closing { continuation.resume() }
  }

  /// Refuses further calls and returns when those under way have left.
  func close() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        state.isClosed = true
        if state.underway > 0 { state.closing.append(continuation) }
        return state.underway == 0
      }
      if isIdle { continuation.resume() }
    }
  }
}
