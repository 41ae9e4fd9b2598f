// From a session token to an identity that requests can be made with.

public import AWSSigV4
import KMSDomain
public import SecureMemory
public import struct FoundationEssentials.Date
import Synchronization

/// Finds the identities of sessions, and keeps those it made: a session's token comes with each of its requests.
///
/// Only content is kept, no verdict: at each use the clock is looked at, and whether the role is still there and still
/// the same. When the identities were replaced, sessions get new ones.
///
/// Like ``SigningKeyCache`` this has two generations of half the capacity each, so that what is not used is dropped.
public final class SessionIdentities: Sendable {
  /// A session that may make requests now.
  public struct Session: Sendable {
    /// Who it is.
    public let identity: CallerIdentity
    /// What its requests are signed with.
    public let secret: SecretBytes
  }

  private struct Entry {
    let opened: OpenedSession
    /// The set that the identity was made from.
    let set: IdentitySet
    let identity: CallerIdentity
  }

  private struct Generations {
    var young: [String: Entry] = [:]
    var old: [String: Entry] = [:]
  }

  private let tokens: any SessionTokenOpening
  private let directory: IdentityDirectory
  private let generationCapacity: Int
  private let generations = Mutex(Generations())

  /// Sessions whose tokens `tokens` opens, of roles in `directory`. At most `capacity` of them are kept.
  public init(tokens: any SessionTokenOpening, directory: IdentityDirectory, capacity: Int = 2048) {
    self.tokens = tokens
    self.directory = directory
    generationCapacity = max(1, capacity / 2)
  }

  /// The session of `token`.
  ///
  /// The token alone proves nothing but that it is genuine: the request must also be signed with the session's secret.
  ///
  /// - Parameters:
  ///   - accessKeyID: the access key that claims to have signed; it must be the session's.
  ///   - now: the service's time.
  /// - Throws: ``SignatureError/unrecognizedClient`` for a token that is not genuine or not this access key's, or whose
  ///   role is gone; ``SignatureError/expiredToken`` when the session is over.
  public func session(_ token: String, accessKeyID: String, now: Date) throws(SignatureError) -> Session {
    let kept = kept(token)
    guard let opened = kept?.opened ?? tokens.open(token),
      opened.accessKeyID.utf8.elementsEqual(accessKeyID.utf8)
    else { throw .unrecognizedClient }
    guard now < opened.expiry else { throw .expiredToken }
    let set = directory.current
    if let kept, kept.set === set { return Session(identity: kept.identity, secret: opened.secretAccessKey) }
    guard let role = set.role(arn: opened.roleARN), role.record.id == opened.roleID else { throw .unrecognizedClient }
    let identity = CallerIdentity(session: opened, of: role)
    keep(Entry(opened: opened, set: set, identity: identity), for: token)
    return Session(identity: identity, secret: opened.secretAccessKey)
  }

  /// How many sessions are kept, at most the capacity.
  public var count: Int { generations.withLock { $0.young.count + $0.old.count } }

  private func kept(_ token: String) -> Entry? {
    generations.withLock { generations in
      if let entry = generations.young[token] { return entry }
      guard let entry = generations.old[token] else { return nil }
      insert(entry, for: token, into: &generations)
      return entry
    }
  }

  private func keep(_ entry: Entry, for token: String) {
    generations.withLock { insert(entry, for: token, into: &$0) }
  }

  private func insert(_ entry: Entry, for token: String, into generations: inout Generations) {
    generations.old[token] = nil
    if generations.young.count >= generationCapacity, generations.young[token] == nil {
      generations.old = generations.young
      generations.young = [:]
    }
    generations.young[token] = entry
  }
}
