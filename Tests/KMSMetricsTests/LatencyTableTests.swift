// Histograms of how long requests took.

import Testing

@testable import KMSMetrics

@Suite
struct LatencyTableTests {
  @Test func boundsRise() {
    #expect(zip(LatencyTable.bounds, LatencyTable.bounds.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// A bound belongs to its bucket, and what is above to the next.
  @Test func putsEveryDurationIntoItsBucket() {
    for (bucket, bound) in LatencyTable.bounds.enumerated() {
      let table = LatencyTable(count: 1)
      table.observe(.nanoseconds(Int64((bound * 1e9).rounded())), at: 0)
      table.observe(.nanoseconds(Int64((bound * 1e9).rounded()) + 1), at: 0)
      let expected = LatencyTable.bounds.indices.map { UInt64($0 < bucket ? 0 : $0 == bucket ? 1 : 2) }
      #expect(table.reading(at: 0).cumulativeCounts == expected)
      #expect(table.reading(at: 0).count == 2)
    }
  }

  @Test func addsUp() {
    let table = LatencyTable(count: 3)
    for seconds in [1, 2, 30] { table.observe(.seconds(seconds), at: 1) }
    let reading = table.reading(at: 1)
    #expect(reading.count == 3)
    #expect(reading.sum == 33)
    #expect(reading.cumulativeCounts.last == 2)
    for other in [0, 2] {
      #expect(table.reading(at: other).count == 0)
      #expect(table.reading(at: other).sum == 0)
    }
  }

  @Test(arguments: [
    (Duration.seconds(-5), 0.0), (.nanoseconds(-1), 0), (.zero, 0), (.seconds(3601), 3600), (.seconds(Int64.max), 3600),
  ])
  func survivesClocksThatAreWrong(duration: Duration, sum: Double) {
    let table = LatencyTable(count: 1)
    table.observe(duration, at: 0)
    #expect(table.reading(at: 0).count == 1)
    #expect(table.reading(at: 0).sum == sum)
  }

  @Test func leavesAloneWhatItDoesNotHave() {
    let table = LatencyTable(count: 1)
    for place in [-1, 1, 1000] { table.observe(.seconds(1), at: place) }
    for place in [-1, 0, 1, 1000] { #expect(table.reading(at: place).count == 0) }
  }
}
