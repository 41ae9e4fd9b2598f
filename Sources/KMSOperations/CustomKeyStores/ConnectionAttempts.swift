// The background tasks that connect custom key stores.

import Synchronization

/// Tasks that outlive the request that started them, but not this; one for each store.
public final class ConnectionAttempts: Sendable {
  /// An attempt whose outcome could not be recorded, and that will be made again.
  public struct Failure: Sendable {
    /// The store that is being connected.
    public let customKeyStoreID: String
    /// How many attempts in a row have failed so far.
    public let count: Int
    /// What went wrong, for the operator.
    public let reason: String
  }

  private struct Attempt {
    let name: UnfinishedConnections.Name
    let task: Task<Void, Never>
  }

  private struct State {
    var count = 0
    var running: [Int: Attempt] = [:]
    var hasEnded = false
  }

  private let state = Mutex(State())
  private let onFailure: @Sendable (Failure) -> Void

  /// Nothing is under way. `onFailure` hears of the first failure in a row, and then of every tenth.
  public init(onFailure: @escaping @Sendable (Failure) -> Void = { _ in }) {
    self.onFailure = onFailure
  }

  /// Runs `work` in the background; not at all once ``end()`` has been called. What was under way for the same store is
  /// out of date, and is cancelled.
  func start(_ name: UnfinishedConnections.Name, _ work: @escaping @Sendable () async -> Void) {
    state.withLock { state in
      guard !state.hasEnded else { return }
      for attempt in state.running.values where attempt.name == name { attempt.task.cancel() }
      state.count += 1
      let number = state.count
      let task = Task.detached { [weak self] in
        await work()
        self?.finished(number)
      }
      state.running[number] = Attempt(name: name, task: task)
    }
  }

  /// Tells of a failure, unless it is one of many.
  func report(_ failure: Failure) {
    if failure.count % 10 == 1 { onFailure(failure) }
  }

  /// How long to wait after so many failures in a row: from a second up to a minute.
  static func pause(after failures: Int) -> Duration {
    .seconds(min(1 << min(max(failures - 1, 0), 6), 60))
  }

  /// Cancels what is under way, waits for it to end, and starts nothing more.
  public func end() async {
    let running = state.withLock { state in
      state.hasEnded = true
      return state.running.values.map(\.task)
    }
    for task in running { task.cancel() }
    for task in running { await task.value }
  }

  private func finished(_ number: Int) {
    state.withLock { _ = $0.running.removeValue(forKey: number) }
  }
}
