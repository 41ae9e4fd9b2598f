// Derived signing keys kept for reuse: deriving one costs more than all the rest of a verification.

public import SecureMemory
internal import Synchronization

/// Signing keys by access key and scope, bounded, for use from any thread.
///
/// The cache decides nothing about a request. It gives the key that belongs to the secret it is shown: an entry made
/// from another secret (the access key was rotated, or deleted and made again) is replaced, never returned. Whether the
/// access key is still valid is for the caller to look up before asking.
///
/// Keys live in two generations of half the capacity each. A key that is used moves to the young one; when that is full
/// it becomes the old one, and what the old one still held is dropped and wiped.
public final class SigningKeyCache: Sendable {
  private struct Name: Hashable {
    let accessKeyID: String
    let scope: CredentialScope
  }

  private struct Entry {
    let secret: SecretBytes
    let key: SigningKey

    func belongs(to secret: SecretBytes) -> Bool { self.secret === secret || self.secret == secret }
  }

  private struct Generations {
    var young: [Name: Entry] = [:]
    var old: [Name: Entry] = [:]
  }

  private let generationCapacity: Int
  private let generations = Mutex(Generations())

  /// Makes an empty cache for at most `capacity` keys (at least two).
  public init(capacity: Int = 4096) {
    generationCapacity = max(1, capacity / 2)
  }

  /// The signing key of `secret` for `scope`, derived now or earlier.
  public func key(accessKeyID: String, secret: SecretBytes, scope: CredentialScope) -> SigningKey {
    let name = Name(accessKeyID: accessKeyID, scope: scope)
    if let key = cachedKey(name, secret: secret) { return key }
    // Derived outside the lock: two threads may do the same work once, none waits for another's.
    let entry = Entry(secret: secret, key: SigningKey.derive(secret: secret, scope: scope))
    generations.withLock { insert(entry, as: name, into: &$0) }
    return entry.key
  }

  /// Drops every key of an access key. Call it when the access key is deleted or rotated, so that nothing of it lingers.
  public func remove(accessKeyID: String) {
    generations.withLock { generations in
      generations.young = generations.young.filter { $0.key.accessKeyID != accessKeyID }
      generations.old = generations.old.filter { $0.key.accessKeyID != accessKeyID }
    }
  }

  /// Drops every key.
  public func removeAll() {
    generations.withLock { $0 = Generations() }
  }

  /// How many keys the cache holds, at most its capacity.
  public var count: Int {
    generations.withLock { $0.young.count + $0.old.count }
  }

  private func cachedKey(_ name: Name, secret: SecretBytes) -> SigningKey? {
    generations.withLock { generations in
      if let entry = generations.young[name] { return entry.belongs(to: secret) ? entry.key : nil }
      guard let entry = generations.old[name], entry.belongs(to: secret) else { return nil }
      insert(entry, as: name, into: &generations)
      return entry.key
    }
  }

  private func insert(_ entry: Entry, as name: Name, into generations: inout Generations) {
    generations.old[name] = nil
    if generations.young.count >= generationCapacity, generations.young[name] == nil {
      generations.old = generations.young
      generations.young = [:]
    }
    generations.young[name] = entry
  }
}
