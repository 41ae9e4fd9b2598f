// Refuses what is more than the request quotas allow.

public import KMSDomain
import Synchronization

/// Counts requests against request quotas: a token bucket for each quota, account and Region.
///
/// A service without request quotas has no limiter.
public final class RequestLimiter: Sendable {
  private struct Name: Hashable {
    let quota: RequestQuotaClass
    let payer: AccountRegion
    let customKeyStoreID: String?
  }

  private struct State {
    var buckets: [Name: TokenBucket] = [:]
    /// How many buckets there may be before the full ones are looked for.
    var sweepAt = 1024
    /// When they may be looked for again although there are as many as there may be.
    var nextSweep = Int64.min
  }

  /// The most buckets that may be in use at once. More payers than that are refused, not forgotten.
  static let maximumBuckets = 1 << 20

  private let paces: [RequestQuotaClass: RequestPace]
  private let now: @Sendable () -> ContinuousClock.Instant
  private let epoch: ContinuousClock.Instant
  private let onRefusal: @Sendable (RequestQuotaClass) -> Void
  private let maximumBuckets: Int
  private let state = Mutex(State())

  /// Makes a limiter; nil when there is nothing to limit.
  ///
  /// - Parameters:
  ///   - onRefusal: told of every refused request, with the quota that was used up.
  ///   - now: a clock that never goes back.
  public convenience init?(
    _ quotas: RequestQuotas, onRefusal: @escaping @Sendable (RequestQuotaClass) -> Void = { _ in },
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.init(quotas, maximumBuckets: Self.maximumBuckets, onRefusal: onRefusal, now: now)
  }

  init?(
    _ quotas: RequestQuotas, maximumBuckets: Int, onRefusal: @escaping @Sendable (RequestQuotaClass) -> Void,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    guard !quotas.isEmpty else { return nil }
    var paces: [RequestQuotaClass: RequestPace] = [:]
    for quota in RequestQuotaClass.allCases { paces[quota] = quotas[quota].map(RequestPace.init(rate:)) }
    self.paces = paces
    self.maximumBuckets = maximumBuckets
    self.onRefusal = onRefusal
    self.now = now
    epoch = now()
  }

  /// How many buckets are kept.
  var bucketCount: Int { state.withLock { $0.buckets.count } }

  /// Counts one request against one quota.
  ///
  /// - Throws: ``Fault/throttled`` when the quota is used up.
  public func take(_ quota: RequestQuotaClass, account: AccountID, region: Region) throws(Fault) {
    try take([RequestCharge(quota, payer: AccountRegion(account: account, region: region))])
  }

  /// Counts a request against all its quotas, or against none of them when it is refused.
  ///
  /// - Throws: ``Fault/throttled`` when a quota is used up.
  public func take(_ charges: [RequestCharge]) throws(Fault) {
    guard charges.contains(where: { paces[$0.quota] != nil }) else { return }
    let time = epoch.duration(to: now()).nanoseconds
    guard let refused = state.withLock({ state in self.exhausted(charges, at: time, &state) }) else { return }
    onRefusal(refused)
    throw .throttled
  }

  /// Takes the tokens of all charges, or none and the quota that is used up.
  private func exhausted(_ charges: [RequestCharge], at time: Int64, _ state: inout State) -> RequestQuotaClass? {
    var taken: [(name: Name, before: TokenBucket?)] = []
    for charge in charges {
      guard let pace = paces[charge.quota] else { continue }
      let name = Name(quota: charge.quota, payer: charge.payer, customKeyStoreID: charge.customKeyStoreID)
      let before = state.buckets[name]
      if before == nil { sweep(at: time, &state) }
      guard before != nil || state.buckets.count < maximumBuckets,
        let after = (before ?? TokenBucket()).taking(charge.requests, pace: pace, at: time)
      else {
        for (name, before) in taken.reversed() { state.buckets[name] = before }
        return charge.quota
      }
      state.buckets[name] = after
      taken.append((name, before))
    }
    return nil
  }

  /// Forgets full buckets when there are many. What is left may double before the next time, so that a request pays
  /// for looking at a few buckets at most, on average. When there are as many as there may be, they are looked for
  /// once a second.
  private func sweep(at time: Int64, _ state: inout State) {
    let isDue = state.buckets.count >= maximumBuckets ? time >= state.nextSweep : state.buckets.count >= state.sweepAt
    guard isDue else { return }
    state.buckets = state.buckets.filter { !$0.value.isFull(at: time) }
    state.sweepAt = max(1024, state.buckets.count * 2)
    state.nextSweep = time + 1_000_000_000
  }
}

extension Duration {
  /// Whole nanoseconds.
  fileprivate var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
