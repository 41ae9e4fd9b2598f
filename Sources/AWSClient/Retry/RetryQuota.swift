// What keeps a fleet of clients from burying a service that is already in trouble: retries cost, successes pay.

internal import Synchronization

/// The retry quota of one client: a bucket of tokens that retries empty and successes fill.
///
/// Source: botocore `retries/quota.py` and `standard.py` (500 tokens, 14 for a transient retry, 5 for a throttled one).
final class RetryQuota: Sendable {
  static let capacity = 500

  private let available: Mutex<Int>

  init(available: Int = RetryQuota.capacity) {
    self.available = Mutex(available)
  }

  /// The tokens that are left.
  var remaining: Int { available.withLock { $0 } }

  /// What a retry for `reason` costs. Correcting the clock is free: it is the client's own fault, and happens once.
  static func cost(of reason: RetryReason) -> Int {
    switch reason {
    case .transient: 14
    case .throttling: 5
    case .clockSkew: 0
    }
  }

  /// Takes `cost` tokens; false, and nothing taken, when there are not so many.
  func acquire(_ cost: Int) -> Bool {
    available.withLock { available in
      guard cost <= available else { return false }
      available -= cost
      return true
    }
  }

  /// Pays for a success: what its last retry cost, or one token when there was none.
  func release(_ cost: Int?) {
    available.withLock { $0 = min(Self.capacity, $0 + (cost ?? 1)) }
  }
}
