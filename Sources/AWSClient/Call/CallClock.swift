// The times and the chance that a call depends on, so that tests can hold them still.

internal import AWSSigV4

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a call asks of the world beside its transport.
struct CallClock: Sendable {
  /// The time of day, which requests are signed with.
  var now: @Sendable () -> SigningTime = {
    SigningTime(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
  }
  /// A clock that only goes forward, for deadlines.
  var uptime: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  /// Waits; throws when the task is cancelled.
  var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  /// A random number from 0 up to 1.
  var random: @Sendable () -> Double = { Double.random(in: 0..<1) }
}
