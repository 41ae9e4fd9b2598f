// How long requests took, in buckets, for each operation.

/// One histogram for each place in a table.
struct LatencyTable: Sendable {
  /// A histogram as it was at one moment.
  struct Reading: Equatable, Sendable {
    /// The observations up to each bound, those below included.
    var cumulativeCounts: [UInt64] = []
    /// All observations.
    var count: UInt64 = 0
    /// Their sum, in seconds.
    var sum = 0.0
  }

  /// The buckets' upper bounds in seconds: from a data key's fraction of a millisecond to an RSA pair's seconds.
  static let bounds = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]
  private static let boundsInNanoseconds = bounds.map { UInt64(($0 * 1e9).rounded()) }
  /// The buckets of one histogram, the one without bound, and the sum in nanoseconds.
  private static let width = bounds.count + 2

  private let counters: CounterTable

  /// Empty histograms.
  init(count: Int) {
    counters = CounterTable(count: count * Self.width)
  }

  /// Adds an observation.
  func observe(_ duration: Duration, at place: Int) {
    let nanoseconds = Self.nanoseconds(of: duration)
    let bucket = Self.boundsInNanoseconds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count
    counters.add(at: place * Self.width + bucket)
    counters.add(nanoseconds, at: place * Self.width + Self.width - 1)
  }

  /// Reads a histogram. Its counts agree with one another whatever is observed meanwhile.
  func reading(at place: Int) -> Reading {
    var reading = Reading()
    let first = place * Self.width
    for bucket in Self.bounds.indices {
      reading.count += counters[first + bucket]
      reading.cumulativeCounts.append(reading.count)
    }
    reading.count += counters[first + Self.bounds.count]
    reading.sum = Double(counters[first + Self.width - 1]) / 1e9
    return reading
  }

  /// Whole nanoseconds: none of a negative duration, and no more than an hour of any.
  private static func nanoseconds(of duration: Duration) -> UInt64 {
    let (seconds, attoseconds) = duration.components
    guard (0..<3600).contains(seconds), attoseconds >= 0 else { return seconds < 3600 ? 0 : 3_600_000_000_000 }
    return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
  }
}
