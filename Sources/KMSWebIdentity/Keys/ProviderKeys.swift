// The keys of one identity provider, fetched when they are needed.

import KMSAccess
import Logging
import struct FoundationEssentials.Date

/// Keeps a provider's keys, and fetches them anew when a token names a key that is not among them: providers change keys
/// now and then. Tokens can be made by anybody, so that this happens once a minute at most.
actor ProviderKeys {
  /// How long keys are kept before they are fetched again, in seconds: a key that a provider withdraws is gone then.
  static let lifetime = 3600.0
  /// How long keys are used when they cannot be fetched again, in seconds.
  static let longestLifetime = 86_400.0
  /// The least time between two attempts to fetch, in seconds.
  static let pause = 60.0

  private struct KeySet {
    let keys: [ProviderKey]
    let fetchTime: Date
  }

  private let source: any KeySetSource
  private let logger: Logger
  private let issuer: String
  private var current: KeySet?
  private var lastAttempt: Date?
  private var fetching: Task<Void, Never>?

  init(_ source: any KeySetSource, issuer: String, logger: Logger) {
    self.source = source
    self.issuer = issuer
    self.logger = logger
  }

  /// The keys that can have signed a token that names `keyID`, or none.
  ///
  /// - Throws: ``WebIdentityError/keysUnavailable`` when no keys can be had at all, ``WebIdentityError/unknownKey`` when
  ///   none of them comes into question.
  func keys(
    for keyID: String?, _ algorithm: SigningAlgorithm, now: Date
  ) async throws(WebIdentityError) -> [ProviderKey] {
    if isStale(now) { await refresh(now) }
    var candidates = candidates(keyID, algorithm, now)
    if candidates.isEmpty {
      await refresh(now)
      candidates = self.candidates(keyID, algorithm, now)
    }
    guard isUsable(now) else { throw .keysUnavailable }
    guard !candidates.isEmpty else { throw .unknownKey }
    return candidates
  }

  private func candidates(_ keyID: String?, _ algorithm: SigningAlgorithm, _ now: Date) -> [ProviderKey] {
    guard isUsable(now), let current else { return [] }
    return current.keys.filter { key in
      guard algorithm.accepts(key) else { return false }
      // A key without a name may be any.
      guard let keyID, let id = key.id else { return true }
      return id.utf8.elementsEqual(keyID.utf8)
    }
  }

  private func age(_ now: Date) -> Double? { current.map { now.timeIntervalSince($0.fetchTime) } }

  private func isStale(_ now: Date) -> Bool { age(now).map { $0 >= Self.lifetime } ?? true }

  private func isUsable(_ now: Date) -> Bool { age(now).map { $0 < Self.longestLifetime } ?? false }

  /// Fetches the keys, unless that was tried just now. Whoever asks meanwhile waits for the same attempt.
  private func refresh(_ now: Date) async {
    if let fetching { return await fetching.value }
    if let lastAttempt, abs(now.timeIntervalSince(lastAttempt)) < Self.pause { return }
    lastAttempt = now
    // The attempt itself keeps what it finds: whoever waits for it finds it kept.
    let attempt = Task {
      if let keys = await fetch() { current = KeySet(keys: keys, fetchTime: now) }
      fetching = nil
    }
    fetching = attempt
    await attempt.value
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
