// Keeps data keys for a while, so that not every message costs a call of KMS.

internal import Synchronization

/// Data keys in clear, kept for a bounded time and use, for one ``EnvelopeEncryptor`` or many.
///
/// **The trade-off.** A cached data key stays in this process's memory for up to ``Limits/age`` and may seal many
/// messages; whoever reads that memory reads them all. KMS does not see the uses of a cached key: they are not in its
/// audit trail, and a permission that is withdrawn or a key that is disabled takes effect only when the cached data key
/// is gone. Use a cache where calls of KMS are too slow, too many or too dear, with limits no wider than needed.
///
/// Data keys are shared only between uses with the same client, key id, grant tokens and encryption context; those for
/// sealing apart from those for opening. However many tasks wait for one data key, KMS is asked once. A failure is
/// told to those who wait, and forgotten.
public final class DataKeyCache: Sendable {
  /// What bounds a cache.
  public struct Limits: Sendable, Hashable {
    /// How long a data key is kept, from its arrival.
    public var age: Duration
    /// How many messages are sealed with a data key.
    ///
    /// Each has keys of its own, derived with 32 random bytes as salt, so that the default of 2³² is far from any
    /// bound: the chance that two of so many salts are the same is 2⁻¹⁹³.
    public var messages: UInt64
    /// How many bytes are sealed with a data key, by all its messages.
    ///
    /// The length of a stream or file is not known when it begins: it is counted as it passes, and the limit holds for
    /// the next message. A message that is longer than the limit gets a data key of its own.
    public var bytes: UInt64
    /// How many data keys are kept; the one that was not used for the longest time goes first. At least one.
    public var entries: Int

    /// Makes limits; the defaults suit a server with some hundred encryption contexts.
    public init(
      age: Duration = .seconds(300), messages: UInt64 = 1 << 32, bytes: UInt64 = 1 << 50, entries: Int = 1_000
    ) {
      self.age = age
      self.messages = messages
      self.bytes = bytes
      self.entries = entries
    }
  }

  /// The cache's bounds.
  public let limits: Limits
  private let state: Mutex<DataKeyCacheState>
  private let now: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void

  /// Makes an empty cache. What it holds goes by the time of `clock`, and is wiped with the cache.
  public init(limits: Limits = Limits(), clock: some Clock<Duration> = ContinuousClock()) {
    self.limits = limits
    state = Mutex(DataKeyCacheState(limits: limits))
    let start = clock.now
    now = { start.duration(to: clock.now) }
    sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
  }

  deinit {
    state.withLock { $0.removal }?.cancel()
  }

  /// Forgets every data key. What is being sealed or opened goes on: it has keys of its own by then.
  ///
  /// What KMS is being asked for meanwhile is told to those who wait, and not kept.
  public func removeAll() {
    state.withLock { $0.removeAll() }
  }

  /// How many data keys are kept.
  var count: Int { state.withLock { $0.entries.count } }

  /// The data key at `place`, for one message of `bytes` bytes: a kept one, or what `fetch` brings.
  ///
  /// - Throws: what `fetch` failed with, or ``EnvelopeError/cancelled`` when the surrounding task was cancelled. The
  ///   call of KMS is given up when nobody waits for it any more.
  func dataKey(
    at place: DataKeyPlace, bytes: UInt64, _ fetch: @escaping @Sendable () async -> Result<DataKey, EnvelopeError>
  ) async throws(EnvelopeError) -> (DataKey, DataKeyUsage?) {
    while true {
      let id = state.withLock { $0.nextID() }
      let answer = await withTaskCancellationHandler {
        await withCheckedContinuation { (continuation: CheckedContinuation<DataKeyAnswer, Never>) in
          let waiter = DataKeyWaiter(id: id, bytes: bytes, continuation: continuation)
          let known = state.withLock { ask(at: place, waiter, fetch, &$0) }
          if let known { continuation.resume(returning: known) }
        }
      } onCancel: {
        guard let (waiter, abandoned) = state.withLock({ $0.leave(place, id) }) else { return }
        abandoned?.cancel()
        waiter.continuation.resume(returning: .failed(.cancelled))
      }
      switch answer {
      case .dataKey(let dataKey, let usage): return (dataKey, usage)
      case .failed(let error): throw error
      case .usedUp: continue
      }
    }
  }

  /// The answer that is known at once; otherwise the waiter joins the others, or is the first and starts the fetch.
  private func ask(
    at place: DataKeyPlace, _ waiter: DataKeyWaiter,
    _ fetch: @escaping @Sendable () async -> Result<DataKey, EnvelopeError>, _ state: inout DataKeyCacheState
  ) -> DataKeyAnswer? {
    // A cancellation before this point has found no waiter to wake.
    if Task.isCancelled { return .failed(.cancelled) }
    if let kept = state.take(place, bytes: waiter.bytes, at: now()) { return kept }
    if state.join(place, waiter) { return nil }
    let id = state.nextID()
    let task = Task { self.finish(place, id, await fetch()) }
    state.flights[place] = DataKeyFlight(id: id, task: task, waiters: [waiter])
    return nil
  }

  private func finish(_ place: DataKeyPlace, _ id: UInt64, _ result: Result<DataKey, EnvelopeError>) {
    let answers = state.withLock { state in
      defer { startRemoval(&state) }
      return state.land(place, id, result, at: now())
    }
    for (waiter, answer) in answers { waiter.continuation.resume(returning: answer) }
  }

  /// Sees to it that data keys go when their time is up, though nobody uses the cache then.
  private func startRemoval(_ state: inout DataKeyCacheState) {
    guard state.removal == nil, !state.entries.isEmpty else { return }
    let sleep = sleep
    state.removal = Task.detached { [weak self] in
      while let wait = self?.removeExpired() {
        // No clock is asked for more than it can count.
        do { try await sleep(min(wait, .seconds(86_400))) } catch { return }
      }
    }
  }

  /// Removes what is too old, and tells when there is more to remove; nil, and the end of removing, for an empty cache.
  private func removeExpired() -> Duration? {
    state.withLock { state in
      let time = now()
      state.removeExpired(at: time)
      guard let next = state.entries.values.map(\.expiry).min() else {
        state.removal = nil
        return nil
      }
      return next - time
    }
  }
}
