// The time of a service under test.

internal import Synchronization
internal import struct FoundationEssentials.Date

/// A clock that moves when told to.
final class TestClock: Sendable {
  private let date: Mutex<Date>

  init(_ now: Date) {
    date = Mutex(now)
  }

  /// What it shows.
  var now: Date { date.withLock { $0 } }

  /// Lets time pass.
  func advance(by duration: Duration) {
    date.withLock { $0 = $0.addingTimeInterval(duration / .seconds(1)) }
  }
}
