// A token bucket, as the time at which it will be full again.

/// The pace of one quota: how often a request is allowed, and how many at once.
struct RequestPace: Hashable, Sendable {
  /// Nanoseconds between requests.
  let interval: Int64
  /// Nanoseconds until an empty bucket is full again.
  let capacity: Int64

  /// The pace of `rate` requests a second, within ``RequestQuotas/allowedRates``. As many as one second's worth may
  /// come at once, and at least one.
  init(rate: Double) {
    let interval = Int64(1e9 / rate)  // rounded down, so that a second's worth fits into a second
    self.interval = interval
    capacity = max(interval, 1_000_000_000)
  }
}

/// A token bucket that is full when nobody has used it: forgetting an idle one changes nothing.
struct TokenBucket: Hashable, Sendable {
  /// When the bucket is full again, in nanoseconds of some clock.
  private(set) var fullAt: Int64

  /// A full bucket.
  init() { fullAt = .min }

  /// Whether the bucket is full.
  func isFull(at now: Int64) -> Bool { fullAt <= now }

  /// The bucket without the tokens for some requests; nil when they are not there.
  ///
  /// Requests that are more than a bucket can hold take a full one, and are waited for afterwards: else they would
  /// never be allowed.
  func taking(_ requests: Int, pace: RequestPace, at now: Int64) -> TokenBucket? {
    let cost = pace.interval * Int64(min(max(requests, 1), 1000))
    var bucket = self
    bucket.fullAt = max(fullAt, now) + cost
    return bucket.fullAt - now <= max(pace.capacity, cost) ? bucket : nil
  }
}
