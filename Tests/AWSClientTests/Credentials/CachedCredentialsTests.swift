// The rules of the credentials cache on a time line, without tasks.

import AWSJSON
import AWSSigV4
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Rules of the credentials cache")
struct CachedCredentialsTests {
  private static let start: Int64 = 1_785_000_000
  private static let boot = ContinuousClock.now
  private static let refused = CredentialsError("refused")

  /// Credentials that end so many seconds after the start.
  private static func credentials(_ name: String = "OLD", until end: Int64?) -> Credentials {
    Credentials(
      accessKeyID: name, secretAccessKey: SecretBytes("s".utf8),
      expiration: end.map { SigningTime(secondsSinceEpoch: start + $0) })
  }

  private static func ask(_ cache: inout CachedCredentials, at second: Int64) -> CachedCredentials.Step {
    cache.ask(at: SigningTime(secondsSinceEpoch: start + second), uptime: boot + .seconds(second))
  }

  private static func finish(
    _ cache: inout CachedCredentials, _ result: Result<Credentials, CredentialsError>, at second: Int64,
    chance: Double = 0
  ) -> Result<Credentials, CredentialsError> {
    cache.finish(
      result, at: SigningTime(secondsSinceEpoch: start + second), uptime: boot + .seconds(second), chance: chance)
  }

  /// A cache that was given credentials at second 0.
  private static func filled(until end: Int64?, chance: Double = 0) -> CachedCredentials {
    var cache = CachedCredentials(refreshAhead: .seconds(300))
    _ = ask(&cache, at: 0)
    _ = finish(&cache, .success(credentials(until: end)), at: 0, chance: chance)
    return cache
  }

  /// What is expected of one who asks.
  enum Expected: Sendable {
    case use, useAndRefresh, waitAndRefresh
  }

  @Test(
    "the parts of the life of credentials",
    arguments: [
      // An hour, refreshed 300 seconds ahead, by chance 360.
      (3600, 0, 0, .use), (3600, 0, 3299, .use), (3600, 0, 3300, .useAndRefresh), (3600, 0, 3589, .useAndRefresh),
      (3600, 0, 3590, .waitAndRefresh), (3600, 0, 3600, .waitAndRefresh), (3600, 0, 90_000, .waitAndRefresh),
      (3600, 1, 3239, .use), (3600, 1, 3240, .useAndRefresh), (3600, 0.5, 3269, .use),
      (3600, 0.5, 3270, .useAndRefresh),
      // A short life: not before half of it has gone.
      (60, 0, 29, .use), (60, 0, 30, .useAndRefresh), (60, 1, 30, .useAndRefresh), (60, 0, 50, .waitAndRefresh),
      (4, 0, 1, .use), (4, 0, 2, .waitAndRefresh),
      // No end.
      (nil, 0, 0, .use), (nil, 1, 4_000_000_000, .use),
    ] as [(Int64?, Double, Int64, Expected)])
  func parts(end: Int64?, chance: Double, second: Int64, expected: Expected) {
    var cache = Self.filled(until: end, chance: chance)
    let step = Self.ask(&cache, at: second)
    switch expected {
    case .use: #expect(step == .init(answer: .use(Self.credentials(until: end)), startsRefresh: false))
    case .useAndRefresh: #expect(step == .init(answer: .use(Self.credentials(until: end)), startsRefresh: true))
    case .waitAndRefresh: #expect(step == .init(answer: .wait, startsRefresh: true))
    }
    // One refresh at a time.
    #expect(!Self.ask(&cache, at: second).startsRefresh)
  }

  @Test("the longest refresh ahead of time means from half of the life on")
  func longestRefreshAhead() {
    var cache = CachedCredentials(refreshAhead: .seconds(Int64.max))
    _ = Self.ask(&cache, at: 0)
    _ = Self.finish(&cache, .success(Self.credentials(until: 3600)), at: 0, chance: 1)
    #expect(!Self.ask(&cache, at: 1799).startsRefresh)
    #expect(Self.ask(&cache, at: 1800).startsRefresh)
  }

  @Test("a failed refresh ahead of time is repeated after waits that grow, and changes nothing for anyone")
  func aheadFailures() {
    // Two hours ahead, so that many waits fit.
    var cache = CachedCredentials(refreshAhead: .seconds(7200))
    _ = Self.ask(&cache, at: 0)
    let old = Self.credentials(until: 14_400)
    _ = Self.finish(&cache, .success(old), at: 0)
    var second: Int64 = 7200
    // Three quarters of the waits, at the least chance.
    for wait in [45, 90, 180, 360, 450, 450] as [Int64] {
      #expect(Self.ask(&cache, at: second) == .init(answer: .use(old), startsRefresh: true))
      #expect(Self.finish(&cache, .failure(Self.refused), at: second) == .success(old))
      #expect(Self.ask(&cache, at: second + wait - 1) == .init(answer: .use(old), startsRefresh: false))
      second += wait
    }
    // Success ends it.
    #expect(Self.ask(&cache, at: second).startsRefresh)
    let new = Self.credentials("NEW", until: 30_000)
    #expect(Self.finish(&cache, .success(new), at: second) == .success(new))
    #expect(Self.ask(&cache, at: second) == .init(answer: .use(new), startsRefresh: false))
  }

  @Test("in the last seconds one waits for new credentials, and goes on with the old ones if there are none")
  func lastPart() {
    var cache = Self.filled(until: 3600)
    let old = Self.credentials(until: 3600)
    #expect(Self.ask(&cache, at: 3595) == .init(answer: .wait, startsRefresh: true))
    #expect(Self.ask(&cache, at: 3595) == .init(answer: .wait, startsRefresh: false))
    #expect(Self.finish(&cache, .failure(Self.refused), at: 3596) == .success(old))
    #expect(Self.ask(&cache, at: 3596) == .init(answer: .use(old), startsRefresh: false))
    #expect(Self.ask(&cache, at: 3597) == .init(answer: .wait, startsRefresh: true))
    #expect(Self.finish(&cache, .failure(Self.refused), at: 3600) == .failure(Self.refused))
  }

  @Test("without good credentials the source is asked at most once a second")
  func boundedRate() {
    var cache = CachedCredentials(refreshAhead: .seconds(300))
    for second in 0..<5 as Range<Int64> {
      #expect(Self.ask(&cache, at: second) == .init(answer: .wait, startsRefresh: true))
      #expect(Self.finish(&cache, .failure(Self.refused), at: second) == .failure(Self.refused))
      #expect(Self.ask(&cache, at: second) == .init(answer: .fail(Self.refused), startsRefresh: false))
    }
  }

  @Test("credentials that come expired are a failure", arguments: [-1, 0] as [Int64])
  func expiredOnArrival(end: Int64) {
    var cache = CachedCredentials(refreshAhead: .seconds(300))
    _ = Self.ask(&cache, at: 0)
    guard case .failure = Self.finish(&cache, .success(Self.credentials(until: end)), at: 0) else {
      Issue.record("expired credentials were kept")
      return
    }
    #expect(Self.ask(&cache, at: 1) == .init(answer: .wait, startsRefresh: true))
  }

  @Test("a clock that was set back does not stop refreshes that are due by the clock that runs on")
  func clockSetBack() {
    var cache = CachedCredentials(refreshAhead: .seconds(300))
    _ = Self.ask(&cache, at: 0)
    _ = Self.finish(&cache, .failure(Self.refused), at: 0)
    let earlier = SigningTime(secondsSinceEpoch: Self.start - 86_400)
    #expect(cache.ask(at: earlier, uptime: Self.boot + .seconds(1)) == .init(answer: .wait, startsRefresh: true))
  }
}
