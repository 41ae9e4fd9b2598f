// Instants as the database keeps them: whole milliseconds, which is all the API has.

import struct FoundationEssentials.Date

/// An instant that the database cannot hold, such as an infinite one.
struct InstantOutOfRangeError: Error {}

/// A date to the millisecond.
///
/// A date that is a whole number of milliseconds comes back equal; any other comes back as the nearest one that is.
struct StoredInstant {
  /// Milliseconds since 1970, UTC.
  let milliseconds: Int64

  /// What the database holds.
  init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The millisecond nearest to `date`.
  init(_ date: Date) throws {
    guard let milliseconds = Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded()) else {
      throw InstantOutOfRangeError()
    }
    self.milliseconds = milliseconds
  }

  /// The last millisecond that is not after `date`.
  init(notAfter date: Date) throws {
    let nearest = try StoredInstant(date)
    milliseconds = nearest.date > date ? nearest.milliseconds - 1 : nearest.milliseconds
  }

  /// The instant.
  var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
