// The open connections of a server: counted against their limit, and found again when the server stops.

import NIOCore
import Synchronization

/// What the server tells its connections; travels as a user event through each pipeline.
enum ConnectionEvent {
  /// Close now if idle; otherwise with the next answer.
  case drain
  /// Close now, whatever is going on, and cancel it.
  case abort
}

/// All open connections.
final class ConnectionRegistry: Sendable {
  /// There are as many connections as there may be, or the server is stopping.
  struct Full: Error {}

  private struct State {
    var open: [ObjectIdentifier: any Channel] = [:]
    /// Set once the server is stopping; kept when no connection is left.
    var allClosed: EventLoopPromise<Void>?
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) { self.limit = limit }

  /// How many connections are open.
  var count: Int { state.withLock { $0.open.count } }

  /// Takes the connection up until it closes, unless there is no room for it.
  func admit(_ channel: any Channel) -> Bool {
    let id = ObjectIdentifier(channel)
    let isAdmitted = state.withLock { state in
      guard state.allClosed == nil, state.open.count < limit else { return false }
      state.open[id] = channel
      return true
    }
    if isAdmitted { channel.closeFuture.whenComplete { _ in self.remove(id) } }
    return isAdmitted
  }

  /// Admits no more connections and asks those that are open to finish.
  ///
  /// - Returns: a future that succeeds when the last one has closed.
  func drain(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
    let (promise, open) = state.withLock { state in
      let promise = state.allClosed ?? eventLoop.makePromise()
      state.allClosed = promise
      return (promise, Array(state.open.values))
    }
    if open.isEmpty { promise.succeed() }
    for channel in open { channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.drain) }
    return promise.futureResult
  }

  /// Cuts every connection that is still open.
  func abort() {
    let open = state.withLock { Array($0.open.values) }
    for channel in open { channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.abort) }
  }

  private func remove(_ id: ObjectIdentifier) {
    let finished: EventLoopPromise<Void>? = state.withLock { state in
      state.open[id] = nil
      return state.open.isEmpty ? state.allClosed : nil
    }
    finished?.succeed()
  }
}
