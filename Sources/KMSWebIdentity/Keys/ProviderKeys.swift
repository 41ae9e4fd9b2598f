// The keys of one identity provider, fetched when they are needed.

import KMSAccess
import Logging
import struct FoundationEssentials.Date

/// Keeps a provider's keys, and fetches them anew when a token names a key that is not among them: providers change keys
/// now and then. Tokens can be made by anybody, so that this happens once a minute at most, and nobody waits for it who
/// can be answered without.
actor ProviderKeys {
  /// How long keys are believed after their provider was last asked, in seconds: a key that a provider withdraws is gone
  /// then.
  static let lifetime = 3600.0
  /// From which age on keys are fetched again while they are still believed, in seconds.
  static let refreshAge = 1800.0
  /// How long keys are used when they cannot be fetched again, in seconds.
  static let longestLifetime = 86_400.0
  /// The least time between two attempts to fetch, in seconds.
  static let pause = 60.0
  /// How many requests may wait for a fetch at once: a provider that does not answer shall not keep all of them.
  static let maximumWaiting = 16

  private struct KeySet {
    let keys: [ProviderKey]
    let fetchTime: Date
  }

  private let source: any KeySetSource
  private let logger: Logger
  private let issuer: String
  private var current: KeySet?
  private var lastAttempt: Date?
  /// When the provider was last asked, with whatever result; an attempt under way does not count.
  private var lastResult: Date?
  private var fetching: Task<Void, Never>?
  private var waiting = 0

  init(_ source: any KeySetSource, issuer: String, logger: Logger) {
    self.source = source
    self.issuer = issuer
    self.logger = logger
  }

  /// The keys that can have signed a token that names `keyID`, or none.
  ///
  /// Keys that are believed are used at once: should there be others, they are fetched for the next who asks.
  ///
  /// - Throws: ``WebIdentityError/keysUnavailable`` when no keys can be had at all, or not before too many others have
  ///   them; ``WebIdentityError/unknownKey`` when none of them comes into question.
  func keys(
    for keyID: String?, _ algorithm: SigningAlgorithm, now: Date
  ) async throws(WebIdentityError) -> [ProviderKey] {
    if !areBelieved(now) {
      try await wait(for: refresh(now))
      guard areBelieved(now) else { throw .keysUnavailable }
    }
    let candidates = candidates(keyID, algorithm)
    if candidates.isEmpty || isDue(now) { refresh(now) }
    guard !candidates.isEmpty else { throw .unknownKey }
    return candidates
  }

  private func candidates(_ keyID: String?, _ algorithm: SigningAlgorithm) -> [ProviderKey] {
    guard let current else { return [] }
    return current.keys.filter { key in
      guard algorithm.accepts(key) else { return false }
      // A key without a name may be any.
      guard let keyID, let id = key.id else { return true }
      return id.utf8.elementsEqual(keyID.utf8)
    }
  }

  private func age(_ now: Date) -> Double? { current.map { now.timeIntervalSince($0.fetchTime) } }

  private func isDue(_ now: Date) -> Bool { age(now).map { $0 >= Self.refreshAge } ?? true }

  /// Whether there are keys that may be used. When the provider was asked in vain, they may for longer.
  private func areBelieved(_ now: Date) -> Bool {
    guard let age = age(now), let lastResult else { return false }
    return age < Self.longestLifetime && abs(now.timeIntervalSince(lastResult)) < Self.lifetime
  }

  /// Waits for an attempt, unless enough others do.
  private func wait(for attempt: Task<Void, Never>?) async throws(WebIdentityError) {
    guard let attempt, waiting < Self.maximumWaiting else { throw .keysUnavailable }
    waiting += 1
    await attempt.value
    waiting -= 1
  }

  /// Begins to fetch the keys, unless that was tried just now.
  ///
  /// - Returns: the attempt that is under way; nil when there is none.
  @discardableResult
  private func refresh(_ now: Date) -> Task<Void, Never>? {
    if let fetching { return fetching }
    if let lastAttempt, abs(now.timeIntervalSince(lastAttempt)) < Self.pause { return nil }
    lastAttempt = now
    // The attempt itself keeps what it finds: whoever waits for it finds it kept.
    let attempt = Task {
      if let keys = await fetch() { current = KeySet(keys: keys, fetchTime: now) }
      lastResult = now
      fetching = nil
    }
    fetching = attempt
    return attempt
  }

  private func fetch() async -> [ProviderKey]? {
    do {
      return try ProviderKey.keys(in: try await source.fetch())
    } catch {
      logger.warning(
        "the keys of an identity provider cannot be had", metadata: ["issuer": "\(issuer)", "cause": "\(error)"])
      return nil
    }
  }
}
