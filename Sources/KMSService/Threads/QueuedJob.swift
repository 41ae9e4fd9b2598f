// Work that somebody waits for.

import KMSDomain
import Synchronization

/// Work in a queue, whatever its result.
protocol QueuedJob: AnyObject, Sendable {
  /// Does the work.
  func run()
  /// Answers without doing it.
  func refuse()
}

/// Work that is answered exactly once: when it is done, refused or no longer wanted, whichever is first.
final class Job<Value: Sendable>: QueuedJob {
  private enum State {
    case new
    case awaited(CheckedContinuation<Result<Value, Fault>, Never>)
    case finished(Result<Value, Fault>)
    case answered
  }

  private let state = Mutex(State.new)
  private let work: @Sendable () -> Value

  init(_ work: @escaping @Sendable () -> Value) {
    self.work = work
  }

  func run() {
    guard !isAnswered else { return }
    finish(.success(work()))
  }

  /// Whether nobody waits any more.
  var isAnswered: Bool {
    state.withLock { state in
      if case .answered = state { true } else { false }
    }
  }

  func refuse() { finish(.failure(.throttled)) }

  /// Gives up, because whoever wanted it has gone.
  func abandon() { finish(.failure(.callerGone)) }

  /// Registers who waits.
  ///
  /// - Returns: false when the job is finished already; the answer has then been given.
  func await(_ continuation: CheckedContinuation<Result<Value, Fault>, Never>) -> Bool {
    let result: Result<Value, Fault>? = state.withLock { state in
      if case .finished(let result) = state {
        state = .answered
        return result
      }
      state = .awaited(continuation)
      return nil
    }
    guard let result else { return true }
    continuation.resume(returning: result)
    return false
  }

  /// Answers whoever waits; later answers are dropped.
  private func finish(_ result: Result<Value, Fault>) {
    let waiting: CheckedContinuation<Result<Value, Fault>, Never>? = state.withLock { state in
      switch state {
      case .new:
        state = .finished(result)
        return nil
      case .awaited(let continuation):
        state = .answered
        return continuation
      case .finished, .answered:
        return nil
      }
    }
    waiting?.resume(returning: result)
  }
}
