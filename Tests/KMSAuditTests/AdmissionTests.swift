// Counting room.

import Testing

@testable import KMSAudit

@Suite struct AdmissionTests {
  private let start = ContinuousClock.now

  @Test func roomIsSetAsideBeforeItIsUsedUp() {
    var admission = TrailAdmission(headroom: 1000, available: 2000)
    for _ in 0..<10 {
      let decision = admission.admit(100, trailFails: false, now: start)
      #expect(decision.isAdmitted && decision.task == nil)
    }
    let decision = admission.admit(100, trailFails: false, now: start)
    #expect(decision.isAdmitted && decision.task == .reserve)
    #expect(admission.target == 1100 + 2000)
    // Once is enough.
    #expect(admission.admit(100, trailFails: false, now: start).task == nil)
    admission.reserved(true, available: 3200)
    #expect(admission.admit(100, trailFails: false, now: start).task == nil)
  }

  @Test func whoWasAdmittedKeepsRoomWhenThereIsNoMore() {
    var admission = TrailAdmission(headroom: 1000, available: 2000, lacksRoom: true)
    for _ in 0..<20 { #expect(admission.admit(100, trailFails: false, now: start).isAdmitted) }
    #expect(!admission.admit(100, trailFails: false, now: start).isAdmitted)
    // More room is looked for now and then.
    let later = start + .seconds(1)
    admission.reserved(false, available: 2000)
    let decision = admission.admit(100, trailFails: false, now: later)
    #expect(!decision.isAdmitted && decision.task == .reserve)
    // Ten leave their records, which are smaller.
    for _ in 0..<10 { admission.enqueue(50) }
    admission.dequeue(500, available: 1500)
    for _ in 0..<5 { #expect(admission.admit(100, trailFails: false, now: start).isAdmitted) }
    #expect(!admission.admit(100, trailFails: false, now: start).isAdmitted)
  }

  @Test func whatIsNotSetAsideYetIsNotPromised() {
    var admission = TrailAdmission(headroom: 1000, available: 2000)
    let decisions = (0..<30).map { _ in admission.admit(100, trailFails: false, now: start) }
    #expect(decisions.map(\.isAdmitted) == (0..<30).map { $0 < 20 })
    #expect(decisions.filter { $0.task == .reserve }.count == 1)
    admission.reserved(true, available: 4000)
    #expect(admission.admit(100, trailFails: false, now: start).isAdmitted)
  }

  @Test func whatIsPromisedIsTakenBackInTheEnd() {
    var admission = TrailAdmission(headroom: 1000, available: nil)
    for bytes in 1...100 { _ = admission.admit(bytes, trailFails: false, now: start) }
    #expect(admission.target == 2000 + 5050)
    for _ in 1...100 { admission.enqueue(7) }
    #expect(admission.target == 2000 + 700)
    admission.dequeue(700, available: nil)
    #expect(admission.target == 2000)
    // A record that nobody asked for.
    admission.enqueue(7)
    #expect(admission.target == 2007)
  }

  @Test func promisesThatNobodyKeepsAreBounded() {
    var admission = TrailAdmission(headroom: 1000, available: nil)
    for _ in 0..<100_000 { #expect(admission.admit(1000, trailFails: false, now: start).isAdmitted) }
    #expect(admission.target == 2000 + TrailAdmission.maximumPromisedBytes)
  }

  @Test func aTrailThatFailsIsTriedNowAndThen() {
    var admission = TrailAdmission(headroom: 1000, available: 2000)
    var probes = 0
    for millisecond in 0..<1000 {
      let decision = admission.admit(100, trailFails: true, now: start + .milliseconds(millisecond))
      #expect(!decision.isAdmitted)
      if decision.task == .probe { probes += 1 }
    }
    #expect(probes == 10)
    #expect(admission.admit(100, trailFails: false, now: start + .seconds(1)).isAdmitted)
  }
}
