// What is done next as records come, wait and are written.

import Testing

@testable import KMSAudit

@Suite struct TrailStateTests {
  /// A state, and callers whose answers nobody reads.
  private static func withState(_ body: (inout TrailState, TrailState.Entry) -> Void) async {
    _ = await withCheckedContinuation { (waiter: TrailState.Waiter) in
      var state = TrailState(admission: TrailAdmission(headroom: 1 << 20, available: 1 << 30))
      body(&state, TrailState.Entry(records: [[UInt8]("{}".utf8)], waiter: waiter))
      waiter.resume(returning: nil)
    }
  }

  @Test func theFirstIsWrittenAtOnce() async {
    await Self.withState { state, entry in
      let first = state.enqueue(entry, promised: 0)
      #expect(first == .write && state.phase == .busy && state.queueDepth == 1)
      let group = state.takeGroup()
      let next = state.groupEnded(group.count, after: .milliseconds(1))
      #expect(group.count == 1 && next == nil)
      #expect(state.phase == .idle && state.queueDepth == 0)
    }
  }

  @Test func othersAreWaitedFor() async {
    await Self.withState { state, entry in
      _ = state.enqueue(entry, promised: 0)
      _ = state.takeGroup()
      let steps = (0..<2).map { _ in state.enqueue(entry, promised: 0) }
      #expect(steps == [nil, nil])
      // Three were there at a time, and two of them wait already.
      let wait = state.groupEnded(1, after: .microseconds(300))
      #expect(wait == .wait(1, .microseconds(300)) && state.phase == .gathering(1))
      let step = state.enqueue(entry, promised: 0)
      // The third ends the wait.
      let isOn = state.endWait(1)
      let group = state.takeGroup()
      #expect(step == .write && !isOn && group.count == 3)
    }
  }

  @Test func aWaitEnds() async {
    await Self.withState { state, entry in
      _ = state.enqueue(entry, promised: 0)
      _ = state.takeGroup()
      _ = state.enqueue(entry, promised: 0)
      let wait = state.groupEnded(1, after: .milliseconds(1))
      let (another, this) = (state.endWait(2), state.endWait(1))
      let group = state.takeGroup()
      #expect(wait == .wait(1, .milliseconds(1)) && !another && this && state.phase == .busy && group.count == 1)
    }
  }
}
