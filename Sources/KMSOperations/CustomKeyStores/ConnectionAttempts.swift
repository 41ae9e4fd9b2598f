// The background tasks that connect custom key stores.

import Synchronization

/// Tasks that outlive the request that started them, but not this.
public final class ConnectionAttempts: Sendable {
  private struct State {
    var count = 0
    var running: [Int: Task<Void, Never>] = [:]
    var hasEnded = false
  }

  private let state = Mutex(State())

  /// Nothing is under way.
  public init() {}

  /// Runs `work` in the background; not at all once ``end()`` has been called.
  func start(_ work: @escaping @Sendable () async -> Void) {
    state.withLock { state in
      guard !state.hasEnded else { return }
      state.count += 1
      let number = state.count
      state.running[number] = Task.detached { [weak self] in
        await work()
        self?.finished(number)
      }
    }
  }

  /// Cancels what is under way, waits for it to end, and starts nothing more.
  public func end() async {
    let running = state.withLock { state in
      state.hasEnded = true
      return Array(state.running.values)
    }
    for task in running { task.cancel() }
    for task in running { await task.value }
  }

  private func finished(_ number: Int) {
    state.withLock { _ = $0.running.removeValue(forKey: number) }
  }
}
