// How long records wait for company.

import Testing

@testable import KMSAudit

@Suite struct GroupGatheringTests {
  @Test func whoIsAloneDoesNotWait() {
    var gathering = GroupGathering()
    #expect(gathering.isWhole(1))
    for _ in 0..<3 { gathering.groupEnded(1, waiting: 0, after: .milliseconds(4)) }
    #expect(gathering.isWhole(1))
  }

  @Test func asManyAreWaitedForAsThereWere() {
    var gathering = GroupGathering()
    gathering.groupEnded(5, waiting: 3, after: .microseconds(400))
    #expect(!gathering.isWhole(7) && gathering.isWhole(8) && gathering.isWhole(9))
    #expect(gathering.patience == .microseconds(400))
    // Some stay away.
    gathering.groupEnded(2, waiting: 0, after: .microseconds(300))
    #expect(!gathering.isWhole(1) && gathering.isWhole(2))
    #expect(gathering.patience == .microseconds(300))
  }

  @Test func patienceHasAnEnd() {
    var gathering = GroupGathering()
    gathering.groupEnded(2, waiting: 0, after: .seconds(5))
    #expect(gathering.patience == GroupGathering.longestWait)
  }
}
