// Token buckets: how many requests pass, whose they are, and what is remembered.

import KMSDomain
import KMSModel
import Synchronization
import Testing

@testable import KMSOperations

@Suite(.timeLimit(.minutes(1)))
struct RequestLimiterTests {
  /// A clock that a test sets.
  private final class Clock: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { instant.withLock { $0 } }

    func advance(by duration: Duration) { instant.withLock { $0 += duration } }
  }

  private static let quota = RequestQuotaClass.operation(.listKeys)
  private let clock = Clock()

  private func limiter(
    _ rates: [RequestQuotaClass: Double], maximumBuckets: Int = 1000,
    onRefusal: @escaping @Sendable (RequestQuotaClass) -> Void = { _ in }
  ) throws -> RequestLimiter {
    var quotas = RequestQuotas.none
    for (quota, rate) in rates { quotas[quota] = rate }
    let clock = clock
    let limiter = RequestLimiter(
      quotas, maximumBuckets: maximumBuckets, onRefusal: onRefusal, now: { clock.now })
    return try #require(limiter)
  }

  private static func home(_ account: Int = 1, _ region: String = "us-east-1") throws -> AccountRegion {
    let digits = String(account)
    return AccountRegion(
      account: try #require(AccountID(String(repeating: "0", count: 12 - digits.count) + digits)),
      region: try #require(Region(region)))
  }

  /// Whether one more request passes; a refused one is throttled, nothing else.
  private func passes(_ limiter: RequestLimiter, _ charges: [RequestCharge]) -> Bool {
    do {
      try limiter.take(charges)
      return true
    } catch {
      #expect(error.kind == .throttling)
      #expect(error.message == Fault.throttled.message)
      return false
    }
  }

  private func passes(_ limiter: RequestLimiter, account: Int = 1, region: String = "us-east-1") throws -> Bool {
    passes(limiter, [RequestCharge(Self.quota, payer: try Self.home(account, region))])
  }

  /// How many requests pass until one does not.
  private func burst(_ limiter: RequestLimiter) throws -> Int {
    var count = 0
    while count < 2_000_000, try passes(limiter) { count += 1 }
    return count
  }

  @Test func withoutQuotasThereIsNoLimiter() {
    #expect(RequestLimiter(.none) == nil)
    #expect(RequestLimiter(.kms) != nil)
  }

  /// One second's worth may come at once, at least one; then one for each interval.
  @Test(arguments: [
    (0.001, 1), (0.1, 1), (0.5, 1), (1.0, 1), (1.5, 1), (2, 2), (2.5, 2), (3, 3), (7, 7), (49, 49), (100, 100),
    (1800, 1800), (9999, 9999), (10_000, 10_000),
  ])
  func allowsASecondsWorth(rate: Double, atOnce: Int) throws {
    let limiter = try limiter([Self.quota: rate])
    #expect(try burst(limiter) == atOnce)
    let interval = Duration.nanoseconds(Int64((1e9 / rate).rounded(.up)))
    clock.advance(by: interval * 0.98)
    if rate == Double(atOnce) { #expect(try !passes(limiter), "too early") }
    clock.advance(by: interval * 0.03)
    #expect(try passes(limiter))
    clock.advance(by: .seconds(100_000))
    #expect(try burst(limiter) == atOnce, "an idle bucket holds no more than a second's worth")
  }

  /// Over a long time, the rate is the rate.
  @Test(arguments: [0.5, 2.5, 7, 100])
  func keepsTheRate(rate: Double) throws {
    let limiter = try limiter([Self.quota: rate])
    var passed = 0
    for _ in 0..<10_000 {
      if try passes(limiter) { passed += 1 }
      clock.advance(by: .milliseconds(6))  // 60 s in all
    }
    let expected = rate * 60
    #expect((expected * 0.9...expected + max(rate, 1)).contains(Double(passed)), "\(passed)")
  }

  @Test func aClockThatStandsStillGivesNothing() throws {
    let limiter = try limiter([Self.quota: 2])
    #expect(try burst(limiter) == 2)
    for _ in 0..<100 { #expect(try !passes(limiter)) }
    clock.advance(by: .milliseconds(500))
    #expect(try passes(limiter), "refused requests cost nothing")
  }

  @Test func accountsRegionsAndQuotasAreApart() throws {
    let other = RequestQuotaClass.operation(.listAliases)
    let limiter = try limiter([Self.quota: 1, other: 1])
    #expect(try passes(limiter))
    #expect(try !passes(limiter))
    #expect(try passes(limiter, account: 2))
    #expect(try passes(limiter, region: "us-west-2"))
    #expect(passes(limiter, [RequestCharge(other, payer: try Self.home())]))
    #expect(try !passes(limiter))
  }

  @Test func storesAreApart() throws {
    let limiter = try limiter([.customKeyStore: 1])
    let home = try Self.home()
    let one = RequestCharge(.customKeyStore, payer: home, customKeyStoreID: "cks-1")
    let two = RequestCharge(.customKeyStore, payer: home, customKeyStoreID: "cks-2")
    #expect(passes(limiter, [one]))
    #expect(!passes(limiter, [one]))
    #expect(passes(limiter, [two]))
  }

  @Test func whatHasNoQuotaPassesAndIsNotRemembered() throws {
    let limiter = try limiter([Self.quota: 1])
    let free = RequestCharge(.operation(.createKey), payer: try Self.home())
    for _ in 0..<100 { #expect(passes(limiter, [free])) }
    #expect(passes(limiter, []))
    #expect(limiter.bucketCount == 0)
  }

  /// A request that one quota refuses uses up none of the others.
  @Test func takesAllOrNothing() throws {
    let refused = Mutex<[RequestQuotaClass]>([])
    let limiter = try limiter([Self.quota: 5, .customKeyStore: 1]) { quota in refused.withLock { $0.append(quota) } }
    let home = try Self.home()
    let both = [
      RequestCharge(Self.quota, payer: home), RequestCharge(.customKeyStore, payer: home, customKeyStoreID: "cks-1"),
    ]
    #expect(passes(limiter, both))
    for _ in 0..<10 { #expect(!passes(limiter, both)) }
    #expect(refused.withLock { $0 } == Array(repeating: .customKeyStore, count: 10))
    #expect(try burst(limiter) == 4)
    #expect(refused.withLock { $0.last } == Self.quota)
  }

  /// Replicas cost two: they must be possible also where a bucket never holds two.
  @Test(arguments: [0.5, 1, 2, 5])
  func costsOfSeveralAreWaitedForAfterwards(rate: Double) throws {
    let limiter = try limiter([Self.quota: rate])
    let pair = [RequestCharge(Self.quota, payer: try Self.home(), requests: 2)]
    #expect(passes(limiter, pair))
    #expect(try burst(limiter) == max(Int(rate) - 2, 0))
    clock.advance(by: .seconds(2 / rate) * 0.98)
    #expect(!passes(limiter, pair))
    clock.advance(by: .seconds(2 / rate) * 0.03)
    #expect(passes(limiter, pair))
    clock.advance(by: .seconds(10))
    #expect(passes(limiter, pair))
  }

  @Test func forgetsIdleBuckets() throws {
    let limiter = try limiter([Self.quota: 10], maximumBuckets: 1_000_000)
    for account in 0..<20_000 {
      #expect(try passes(limiter, account: account))
      clock.advance(by: .milliseconds(1))  // A bucket is full again after 100.
      #expect(limiter.bucketCount <= 1024)
    }
  }

  /// More payers than there is room for are refused, and none of those there are gets more than its due.
  @Test func isBoundedWhateverHappens() throws {
    let limiter = try limiter([Self.quota: 1], maximumBuckets: 50)
    for account in 0..<50 { #expect(try passes(limiter, account: account)) }
    for account in 0..<200 { #expect(try !passes(limiter, account: account)) }
    #expect(limiter.bucketCount == 50)
    clock.advance(by: .seconds(1))
    for account in 100..<150 { #expect(try passes(limiter, account: account)) }
    #expect(limiter.bucketCount == 50)
  }

  @Test func manyAtOnceGetNoMoreThanOne() async throws {
    let limiter = try limiter([Self.quota: 1000])
    let home = try Self.home()
    let passed = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var passed = 0
          for _ in 0..<1000 where (try? limiter.take(Self.quota, account: home.account, region: home.region)) != nil {
            passed += 1
          }
          return passed
        }
      }
      return await group.reduce(0, +)
    }
    #expect(passed == 1000)
  }
}
