// Time that stands still between waits, and chance that always says the same.

import AWSSigV4
import Synchronization

@testable import AWSClient

/// The clock of a call under test: waiting moves it, and nothing else does.
final class ManualClock: Sendable {
  private let elapsed = Mutex<Duration>(.zero)
  private let waits = Mutex<[Duration]>([])
  private let origin = ContinuousClock.now
  private let start: Int64
  private let random: Double

  /// - Parameter random: what every draw of a random number from 0 up to 1 gives.
  init(start: Int64 = 1_785_000_000, random: Double = 1) {
    self.start = start
    self.random = random
  }

  /// What was waited, in order.
  var delays: [Duration] { waits.withLock { $0 } }

  /// Lets time pass.
  func advance(by duration: Duration) { elapsed.withLock { $0 += duration } }

  var callClock: CallClock {
    CallClock(
      now: { SigningTime(secondsSinceEpoch: self.start + self.elapsed.withLock { $0 }.components.seconds) },
      uptime: { self.origin + self.elapsed.withLock { $0 } },
      sleep: { duration in
        self.waits.withLock { $0.append(duration) }
        self.advance(by: duration)
        try Task.checkCancellation()
      },
      random: { self.random })
  }
}
