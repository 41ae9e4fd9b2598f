// A key pair that somebody waits for.

import KMSCrypto
import KMSDomain
import Synchronization

/// One pair to be made, answered exactly once: when it is made, refused or no longer wanted, whichever is first.
final class GenerationJob: Sendable {
  private enum State {
    case new
    case awaited(CheckedContinuation<Result<KeyPair, Fault>, Never>)
    case finished(Result<KeyPair, Fault>)
    case answered
  }

  private let state = Mutex(State.new)
  private let work: @Sendable () -> Result<KeyPair, Fault>

  init(_ work: @escaping @Sendable () -> Result<KeyPair, Fault>) {
    self.work = work
  }

  /// Makes the pair.
  func run() { finish(work()) }

  /// Registers who waits.
  ///
  /// - Returns: false when the job is finished already; the answer has then been given.
  func await(_ continuation: CheckedContinuation<Result<KeyPair, Fault>, Never>) -> Bool {
    let result: Result<KeyPair, Fault>? = state.withLock { state in
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
  func finish(_ result: Result<KeyPair, Fault>) {
    let waiting: CheckedContinuation<Result<KeyPair, Fault>, Never>? = state.withLock { state in
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
