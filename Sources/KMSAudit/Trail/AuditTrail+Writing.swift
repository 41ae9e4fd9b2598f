// Records on their way to disk: what waits while a group is written is the next group.

import Dispatch
import FoundationEssentials
import Synchronization

extension AuditTrail {
  /// Puts records into the next group. They take the place of `promised` bytes.
  func enqueue(_ entry: TrailState.Entry, promised: Int64) {
    let (isTaken, step) = state.withLock { state in
      guard !state.isClosing else {
        state.admission.release(promised)
        return (false, nil as TrailState.Step?)
      }
      return (true, state.enqueue(entry, promised: promised))
    }
    if !isTaken { entry.waiter.resume(returning: .closed) }
    take(step)
  }

  /// Does what is to be done next, on the queue. Other work there has its turn between two groups.
  func take(_ step: TrailState.Step?) {
    switch step {
    case .write: queue.async { self.writeGroup() }
    case .wait(let number, let duration):
      queue.asyncAfter(deadline: .now() + duration / .seconds(1)) {
        if self.state.withLock({ $0.endWait(number) }) { self.writeGroup() }
      }
    case nil: break
    }
  }

  /// Writes what waits. Runs on the queue.
  private func writeGroup() {
    let start = ContinuousClock.now
    let group = state.withLock { $0.takeGroup() }
    switch write(group) {
    case .success(let head): save(head, for: group, since: start)
    case .failure(let failure): end(group, failure, since: start)
    }
  }

  private func write(_ group: [TrailState.Entry]) -> Result<AuditHead, AuditFailure> {
    let (result, available) = writer.withLock { writer in
      do throws(AuditFailure) {
        try writer.write(group.flatMap(\.records), now: now())
        return (Result<AuditHead, AuditFailure>.success(writer.head), writer.available)
      } catch {
        return (.failure(error), writer.available)
      }
    }
    let failure: AuditFailure? = if case .failure(let failure) = result { failure } else { nil }
    note(failure) { state in
      state.hasWriteFailed = failure != nil
      state.admission.dequeue(group.reduce(0) { $0 + $1.bytes }, available: available)
    }
    return result
  }

  /// Saves the head that covers `group`, which was begun at `start`.
  private func save(_ head: AuditHead, for group: [TrailState.Entry], since start: ContinuousClock.Instant) {
    let failure: AuditFailure?
    do throws(AuditFailure) {
      try Self.save(head, in: heads, chain)
      failure = nil
    } catch {
      failure = error
    }
    note(failure) { $0.failedHead = failure == nil ? nil : head }
    end(group, failure, since: start)
  }

  /// Notes what came of an attempt to keep records, and tells the operator of failures and of their end.
  private func note(_ failure: AuditFailure?, _ change: (inout TrailState) -> Void) {
    if let failure { failures.record(failure) }
    let recovered = state.withLock { state in
      let hadFailed = state.isFailing
      change(&state)
      return hadFailed && !state.isFailing
    }
    if recovered { failures.recordRecovery() }
  }

  /// Tells those who wait for `group` what came of it, and goes on.
  private func end(_ group: [TrailState.Entry], _ failure: AuditFailure?, since start: ContinuousClock.Instant) {
    let duration = start.duration(to: .now)
    let (step, closers) = state.withLock { state in
      let step = state.groupEnded(group.count, after: duration)
      return (step, state.takeClosersIfIdle())
    }
    take(step)
    for entry in group { entry.waiter.resume(returning: failure) }
    for closer in closers { closer.resume() }
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
    let (target, head) = state.withLock { state in
      guard !state.isClosing else { return (nil as Int64?, nil as AuditHead?) }
      return (state.hasWriteFailed ? state.admission.target : nil, state.beginSaving())
    }
    if let head { save(head, for: [], since: .now) }
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
