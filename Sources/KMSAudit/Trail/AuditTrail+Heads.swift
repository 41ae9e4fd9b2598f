// The head on its way to the store: while one is being saved, only the newest of those behind it is kept.

import Synchronization

extension AuditTrail {
  /// Saves heads until there is none that is newer. One call at a time.
  func saveHeads() async {
    while let uncovered = nextUncovered() {
      let failure: AuditFailure?
      do throws(AuditFailure) {
        try await save(uncovered.head)
        failure = nil
      } catch {
        failure = error
      }
      let recovered = state.withLock { state in
        let hadFailed = state.isFailing
        state.failedHead = failure == nil ? nil : uncovered.head
        return hadFailed && !state.isFailing
      }
      if let failure { failures.record(failure) }
      if recovered { failures.recordRecovery() }
      for waiter in uncovered.waiters { waiter.resume(returning: failure) }
    }
  }

  private func nextUncovered() -> TrailState.Uncovered? {
    let (next, closers) = state.withLock { state in
      let next = state.uncovered
      state.uncovered = nil
      state.isSavingHead = next != nil
      return (next, next == nil ? state.takeClosersIfIdle() : [])
    }
    for closer in closers { closer.resume() }
    return next
  }
}
