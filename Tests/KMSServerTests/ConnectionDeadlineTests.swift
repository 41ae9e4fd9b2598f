// The timer is touched only when it would fire too late.

import NIOCore
import Testing

@testable import KMSServer

@Suite
struct ConnectionDeadlineTests {
  private func time(_ seconds: UInt64) -> NIODeadline { .uptimeNanoseconds(seconds * 1_000_000_000) }

  @Test func setsTheTimerForTheFirstWaitOnly() {
    var deadline = ConnectionDeadline()
    #expect(deadline.begin(.idle, until: time(75)) == time(75))
    for request in 1...10 as ClosedRange<UInt64> {
      deadline.clear()
      #expect(deadline.begin(.idle, until: time(75 + request)) == nil)
    }
    #expect(deadline.fire(now: time(75)) == .rearm(at: time(85)))
    #expect(deadline.fire(now: time(85)) == .expired(.idle))
    #expect(deadline.wait == .nothing)
  }

  @Test func movesTheTimerForwardForAnEarlierEnd() {
    var deadline = ConnectionDeadline()
    #expect(deadline.begin(.idle, until: time(75)) == time(75))
    #expect(deadline.begin(.head, until: time(10)) == time(10))
    #expect(deadline.fire(now: time(10)) == .expired(.head))
  }

  @Test func isDisarmedWhenNothingIsWaitedFor() {
    var deadline = ConnectionDeadline()
    _ = deadline.begin(.head, until: time(10))
    deadline.clear()
    #expect(deadline.fire(now: time(10)) == .disarmed)
    #expect(deadline.begin(.idle, until: time(100)) == time(100))
  }
}
