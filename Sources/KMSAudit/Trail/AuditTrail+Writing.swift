// Records on their way to disk: what waits while a group is written is the next group.

import Dispatch
import FoundationEssentials
import Synchronization

extension AuditTrail {
  /// Puts records into the next group. They take the place of `promised` bytes.
  func enqueue(_ entry: TrailState.Entry, promised: Int64) {
    let (isTaken, isFirst) = state.withLock { state in
      guard !state.isClosing else {
        state.admission.release(promised)
        return (false, false)
      }
      state.waiting.append(entry)
      state.admission.enqueue(entry.bytes, promised: promised)
      defer { state.isWriting = true }
      return (true, !state.isWriting)
    }
    if !isTaken { entry.waiter.resume(returning: .closed) }
    if isFirst { queue.async { self.drain() } }
  }

  /// Writes what waits, as long as anything does. Runs on the queue, and lets other work there have its turn after each
  /// group: under load something always waits.
  private func drain() {
    guard let group = nextGroup() else { return }
    write(group)
    queue.async { self.drain() }
  }

  private func nextGroup() -> [TrailState.Entry]? {
    let (group, closers) = state.withLock { state in
      let group = state.waiting
      state.waiting = []
      state.isWriting = !group.isEmpty
      return (group, group.isEmpty ? state.takeClosersIfIdle() : [])
    }
    for closer in closers { closer.resume() }
    return group.isEmpty ? nil : group
  }

  private func write(_ group: [TrailState.Entry]) {
    let records = group.flatMap(\.records)
    let bytes = group.reduce(0) { $0 + $1.bytes }
    let (failure, deleted, head, available) = writer.withLock { writer in
      do throws(AuditFailure) {
        let deleted = try writer.write(records, now: now())
        return (nil as AuditFailure?, deleted, writer.head, writer.available)
      } catch {
        return (error, nil as String?, writer.head, writer.available)
      }
    }
    if let deleted { failures.recordDeletion(of: deleted) }
    let (recovered, mustSave) = state.withLock { state in
      let hadFailed = state.isFailing
      state.hasWriteFailed = failure != nil
      state.admission.dequeue(bytes, available: available)
      guard failure == nil else { return (false, false) }
      state.uncovered = TrailState.Uncovered(
        head: head, waiters: (state.uncovered?.waiters ?? []) + group.map(\.waiter))
      defer { state.isSavingHead = true }
      return (hadFailed && !state.isFailing, !state.isSavingHead)
    }
    if let failure {
      failures.record(failure)
      for entry in group { entry.waiter.resume(returning: failure) }
    }
    if recovered { failures.recordRecovery() }
    if mustSave { Task { await self.saveHeads() } }
  }

  // MARK: Room and recovery

  /// Does `task`, if there is one, when it is its turn.
  func start(_ task: TrailAdmission.Task?) {
    switch task {
    case .reserve: queue.async { self.reserve() }
    case .probe: queue.async { self.probe() }
    case nil: break
    }
  }

  /// Waits for room to be set aside; nil when it has been and is promised.
  func waitForRoom(_ bytes: Int64) async -> AuditFailure? {
    await withCheckedContinuation { waiter in
      let (outcome, task): (AuditFailure??, TrailAdmission.Task?) = state.withLock { state in
        guard !state.isClosing else { return (.some(.closed), nil) }
        // It may be there by now.
        let decision = state.admission.admit(bytes, trailFails: state.isFailing, now: .now)
        switch decision.answer {
        case .admitted: return (.some(nil), decision.task)
        case .refused: return (.some(.suspended), decision.task)
        case .waits:
          state.applicants.append(TrailState.Applicant(bytes: bytes, waiter: waiter))
          return (nil, state.admission.awaitRoom(bytes, now: .now))
        }
      }
      if let outcome { waiter.resume(returning: outcome) }
      start(task)
    }
  }

  /// Sets more room aside. Runs on the queue.
  private func reserve() {
    guard let target = state.withLock({ $0.isClosing ? nil : $0.admission.target }) else { return settle(false) }
    setAside(provesWriting: false) { writer throws(AuditFailure) in try writer.reserve(target) }
  }

  /// Finds out whether what failed works again. Runs on the queue.
  private func probe() {
    let (target, mustSave) = state.withLock { state in
      guard !state.isClosing else { return (nil as Int64?, false) }
      let target = state.hasWriteFailed ? state.admission.target : nil
      guard let head = state.failedHead, !state.isSavingHead else { return (target, false) }
      state.isSavingHead = true
      state.uncovered = state.uncovered ?? TrailState.Uncovered(head: head, waiters: [])
      return (target, true)
    }
    if mustSave { Task { await self.saveHeads() } }
    guard let target else { return }
    setAside(provesWriting: true) { writer throws(AuditFailure) in try writer.probe(Int(target)) }
  }

  private func setAside(provesWriting: Bool, _ attempt: (inout RecordWriter) throws(AuditFailure) -> Void) {
    let failure = writer.withLock { writer in
      do throws(AuditFailure) {
        try attempt(&writer)
        return nil as AuditFailure?
      } catch {
        return error
      }
    }
    if failure != nil {
      // First nobody is promised more than that, then it goes.
      let kept = state.withLock { $0.admission.keepLittle() }
      writer.withLock { $0.giveBack(beyond: kept) }
    }
    let available = writer.withLock { $0.available }
    let recovered = state.withLock { state in
      let hadFailed = state.isFailing || state.admission.lacksRoom
      state.admission.reserved(failure == nil, available: available)
      if failure == nil, provesWriting { state.hasWriteFailed = false }
      return hadFailed && failure == nil && !state.isFailing
    }
    if let failure { failures.record(failure) }
    if recovered { failures.recordRecovery() }
    settle(failure == nil)
  }

  /// Tells those who wait for room what came of it.
  private func settle(_ succeeded: Bool) {
    let (settled, task) = state.withLock { state in
      let (settled, remain) = state.settleApplicants(succeeded: succeeded)
      return (settled, remain ? state.admission.awaitRoom(0, now: .now) : nil)
    }
    for (waiter, failure) in settled { waiter.resume(returning: failure) }
    start(task)
  }
}
