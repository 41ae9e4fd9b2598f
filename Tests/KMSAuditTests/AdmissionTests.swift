// Counting room.

import Testing

@testable import KMSAudit

@Suite struct AdmissionTests {
  private let start = ContinuousClock.now

  @Test func roomIsSetAsideBeforeItIsUsedUp() {
    var admission = TrailAdmission(headroom: 1000, available: 2000)
    for _ in 0..<10 {
      let decision = admission.admit(100, trailFails: false, now: start)
      #expect(decision.answer == .admitted && decision.task == nil)
    }
    let decision = admission.admit(100, trailFails: false, now: start)
    #expect(decision.answer == .admitted && decision.task == .reserve)
    #expect(admission.target == 1100 + 2000)
    // Once is enough.
    #expect(admission.admit(100, trailFails: false, now: start).task == nil)
    admission.reserved(true, available: 3200)
    #expect(admission.admit(100, trailFails: false, now: start).task == nil)
  }

  @Test func whoWasAdmittedKeepsRoomWhenThereIsNoMore() {
    var admission = TrailAdmission(headroom: 1000, available: 2000, lacksRoom: true)
    // The eleventh has more looked for, as it would have at any time.
    for _ in 0..<20 { #expect(admission.admit(100, trailFails: false, now: start).answer == .admitted) }
    admission.reserved(false, available: 2000)
    #expect(admission.admit(100, trailFails: false, now: start).answer == .refused)
    // More room is looked for now and then, and somebody waits for what comes of it.
    let later = start + .seconds(1)
    #expect(admission.admit(100, trailFails: false, now: later).answer == .waits)
    #expect(admission.awaitRoom(100, now: later) == .reserve)
    admission.reserved(false, available: 2000)
    #expect(admission.settle(100, succeeded: false) == .refused)
    #expect(admission.awaitedBytes == 0)
    #expect(admission.admit(100, trailFails: false, now: later).answer == .refused)
    // Ten leave their records, which are smaller.
    for _ in 0..<10 { admission.enqueue(50, promised: 100) }
    admission.dequeue(500, available: 1500)
    for _ in 0..<5 { #expect(admission.admit(100, trailFails: false, now: start).answer == .admitted) }
    #expect(admission.admit(100, trailFails: false, now: start).answer == .refused)
  }

  @Test func whoNeedsMoreThanIsSetAsideWaitsForIt() {
    var admission = TrailAdmission(headroom: 1000, available: 2000)
    #expect(admission.admit(5000, trailFails: false, now: start).answer == .waits)
    #expect(admission.awaitRoom(5000, now: start) == .reserve)
    #expect(admission.target == 5000 + 2000)
    // Another one comes while room for the first is being set aside.
    #expect(admission.admit(3000, trailFails: false, now: start).answer == .waits)
    #expect(admission.awaitRoom(3000, now: start) == nil)
    #expect(admission.target == 8000 + 2000)
    admission.reserved(true, available: 7000)
    #expect(admission.settle(5000, succeeded: true) == .admitted)
    #expect(admission.settle(3000, succeeded: true) == .waits)
    #expect(admission.promisedBytes == 5000 && admission.awaitedBytes == 3000)
    #expect(admission.awaitRoom(0, now: start) == .reserve)
    admission.reserved(true, available: 10_000)
    #expect(admission.settle(3000, succeeded: true) == .admitted)
    #expect(admission.promisedBytes == 8000 && admission.awaitedBytes == 0)
  }

  @Test(arguments: [nil, 1 << 40])
  func whatIsPromisedIsTakenBackToTheByte(available: Int64?) {
    var admission = TrailAdmission(headroom: 1000, available: available)
    var random = SystemRandomNumberGenerator()
    var promised: [Int64] = []
    for _ in 0..<10_000 {
      if promised.isEmpty || Bool.random(using: &random) {
        let bytes = Int64.random(in: 0...1 << 22, using: &random)
        #expect(admission.admit(bytes, trailFails: false, now: start).answer == .admitted)
        promised.append(bytes)
      } else {
        let bytes = promised.remove(at: Int.random(in: promised.indices, using: &random))
        // Half of them leave no record.
        if Bool.random(using: &random) {
          admission.release(bytes)
        } else {
          admission.enqueue(7, promised: bytes)
          admission.dequeue(7, available: available)
        }
      }
      #expect(admission.promisedBytes == promised.reduce(0, +))
    }
    #expect(admission.target == 2000 + promised.reduce(0, +))
    // A record that nobody asked room for.
    admission.enqueue(7, promised: 0)
    #expect(admission.target == 2007 + promised.reduce(0, +))
  }

  @Test func littleIsKeptWhenThereIsNoMore() {
    var admission = TrailAdmission(headroom: 1000, available: 50_000)
    #expect(admission.admit(300, trailFails: false, now: start).answer == .admitted)
    admission.enqueue(40, promised: 0)
    #expect(admission.keepLittle() == 1340)
    #expect(admission.available == 1340)
    // What is less stays as it is.
    admission.reserved(false, available: 800)
    #expect(admission.keepLittle() == 1340)
    #expect(admission.available == 800)
  }

  @Test func aTrailThatFailsIsTriedNowAndThen() {
    var admission = TrailAdmission(headroom: 1000, available: 2000)
    var probes = 0
    for millisecond in 0..<1000 {
      let decision = admission.admit(100, trailFails: true, now: start + .milliseconds(millisecond))
      #expect(decision.answer == .refused)
      if decision.task == .probe { probes += 1 }
    }
    #expect(probes == 10)
    #expect(admission.admit(100, trailFails: false, now: start + .seconds(1)).answer == .admitted)
  }
}
