// One deadline per connection, moved often and cheaply.

import NIOCore

/// When a connection's current wait is over, and when its timer fires.
///
/// Moving a timer costs far more than letting it fire early. So the timer is left alone when the deadline moves to a
/// later time, as it does with every request; fired too early, it is set again.
struct ConnectionDeadline {
  /// What a connection can be waiting for.
  enum Wait: Equatable {
    /// Nothing that has a limit: a request is being answered.
    case nothing
    case handshake
    /// The rest of a request's head, or the first head of a new connection.
    case head
    case body
    /// The first byte of another request.
    case idle
    /// The caller to take the bytes of answers.
    case write
    /// The caller to close its side.
    case linger
  }

  /// What a fired timer means.
  enum Firing: Equatable {
    case expired(Wait)
    case rearm(at: NIODeadline)
    case disarmed
  }

  private(set) var wait = Wait.nothing
  private var due = NIODeadline.distantFuture
  private var timer: NIODeadline?

  /// Nothing is waited for; the timer may still fire, and is then disarmed.
  mutating func clear() {
    wait = .nothing
    due = .distantFuture
  }

  /// Begins another wait.
  ///
  /// - Returns: when the timer must be set to, or nil when the one that is running will do.
  mutating func begin(_ wait: Wait, until due: NIODeadline) -> NIODeadline? {
    self.wait = wait
    self.due = due
    if let timer, timer <= due { return nil }
    timer = due
    return due
  }

  /// The timer has fired.
  mutating func fire(now: NIODeadline) -> Firing {
    timer = nil
    guard wait != .nothing else { return .disarmed }
    guard due > now else {
      defer { clear() }
      return .expired(wait)
    }
    timer = due
    return .rearm(at: due)
  }
}
