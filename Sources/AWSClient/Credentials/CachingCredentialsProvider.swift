// Keeps credentials, and asks for new ones before they expire.

public import AWSJSON
public import AWSSigV4
internal import Synchronization

/// The credentials of another provider, kept as long as they are good.
///
/// Credentials without an expiration are kept for ever. Others are refreshed ahead of time, in the background, while
/// everyone goes on with the old ones; a failure of that is not told, and the next try comes a minute or more later.
/// When there are none, or they have expired, all who ask wait for one refresh and get its outcome; after a failure the
/// source is asked again when the next one asks, but not more than once a second.
///
/// Cancelling one who waits lets that one go at once. The refresh goes on for the others.
public final class CachingCredentialsProvider: HoldingCredentialsProvider {
  private typealias Outcome = Result<Credentials, CredentialsError>

  private struct State {
    var cached: CachedCredentials
    var waiting: [UInt64: CheckedContinuation<Outcome, Never>] = [:]
    var nextWaiter: UInt64 = 0
  }

  private let source: any CredentialsProvider
  private let clock: CallClock
  private let state: Mutex<State>

  /// Keeps the credentials of `source`.
  ///
  /// - Parameter refreshAhead: how long before their expiration new ones are asked for. Up to a fifth is added by
  ///   chance, so that the members of a fleet do not ask all at once; credentials with a short life are asked for when
  ///   half of it has gone.
  public convenience init(_ source: any CredentialsProvider, refreshAhead: Duration = .seconds(300)) {
    self.init(source, refreshAhead: refreshAhead, clock: CallClock())
  }

  init(_ source: any CredentialsProvider, refreshAhead: Duration, clock: CallClock) {
    self.source = source
    self.clock = clock
    state = Mutex(State(cached: CachedCredentials(refreshAhead: refreshAhead)))
  }

  /// The credentials that are kept, or new ones when there are none.
  ///
  /// - Throws: the source's error; another one when the task is cancelled meanwhile.
  public func credentials() async throws(CredentialsError) -> Credentials {
    if let credentials = heldCredentials() { return credentials }
    let waiter = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    // Nobody holds a lock while waiting: a waiter is a continuation that the refresh resumes.
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { wait(as: waiter, $0) }
    } onCancel: {
      let cancelled = state.withLock { $0.waiting.removeValue(forKey: waiter) }
      cancelled?.resume(returning: .failure(.cancelled))
    }
    return try outcome.get()
  }

  /// The credentials that are kept, if they are good and nobody has to wait for them. Starts a refresh when it is time.
  func heldCredentials() -> Credentials? {
    let step: CachedCredentials.Step? = state.withLock { state in
      let now = clock.now()
      return state.cached.isHolding(at: now) ? state.cached.ask(at: now, uptime: clock.uptime()) : nil
    }
    guard let step, case .use(let credentials) = step.answer else { return nil }
    if step.startsRefresh { startRefresh() }
    return credentials
  }

  private func wait(as waiter: UInt64, _ continuation: CheckedContinuation<Outcome, Never>) {
    let (outcome, startsRefresh) = state.withLock { state -> (Outcome?, Bool) in
      // A task that was cancelled before this has had its handler run already, and would wait for ever.
      if Task.isCancelled { return (.failure(.cancelled), false) }
      let step = state.cached.ask(at: clock.now(), uptime: clock.uptime())
      switch step.answer {
      case .use(let credentials): return (.success(credentials), step.startsRefresh)
      case .fail(let error): return (.failure(error), step.startsRefresh)
      case .wait:
        state.waiting[waiter] = continuation
        return (nil, step.startsRefresh)
      }
    }
    if startsRefresh { startRefresh() }
    if let outcome { continuation.resume(returning: outcome) }
  }

  /// Asks the source in a task of its own, which no waiter's cancellation reaches and no waiter's span is around. It ends
  /// when the source answers.
  private func startRefresh() {
    Task.detached { [self] in
      let outcome = await askSource()
      let (told, waiting) = state.withLock { state in
        let told = state.cached.finish(outcome, at: clock.now(), uptime: clock.uptime(), chance: clock.random())
        let waiting = state.waiting
        state.waiting = [:]
        return (told, waiting)
      }
      for continuation in waiting.values { continuation.resume(returning: told) }
    }
  }

  private func askSource() async -> Outcome {
    do {
      return .success(try await source.credentials())
    } catch {
      return .failure(error)
    }
  }
}
