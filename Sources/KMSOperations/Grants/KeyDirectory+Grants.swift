// Grants as decisions need them: by key and grantee, remembered until one comes or goes.

public import KMSAccess
public import KMSDomain
import FoundationEssentials

extension KeyDirectory: AccessFacts {
  /// Names the grants of one grantee on one key.
  struct GranteeKey: Hashable, Sendable {
    let key: KeyName
    let grantee: String
  }

  public func grants(on key: Key, to grantee: String) async throws(Fault) -> GrantIndex {
    let name = GranteeKey(key: key.name, grantee: grantee)
    let (cached, ticket) = grants.look(up: name)
    if let cached { return cached }
    // Many may miss at once, and there may be thousands of grants: one reads them for all.
    return try await grantReads.result(of: GrantRead(name: name, ticket: ticket)) { [self] in
      await Result.of { () async throws(Fault) in
        let found = try await store.read { reader throws(Fault) in
          try reader.grants(
            on: key.id, region: key.home.region, granteePrincipal: grantee, after: nil, limit: Self.everyOne)
        }
        let index = GrantIndex(found)
        // Also that there is none: most callers have no grant, and each request would ask again.
        grants.keep(index, as: name, ticket: ticket)
        return index
      }
    }.get()
  }

  /// A read of one grantee's grants as of one moment: nobody who came after a change is given what was read before it.
  struct GrantRead: Hashable, Sendable {
    let name: GranteeKey
    let ticket: SnapshotCache<GranteeKey, GrantIndex>.Ticket
  }

  /// More grants, or aliases, than a key can have.
  private static let everyOne = 1_000_000

  public func aliases(of key: Key) async throws(Fault) -> [String] {
    try await store.read { reader throws(Fault) in
      try reader.aliases(in: key.home, of: key.id, after: nil, limit: Self.everyOne).map(\.name.description)
    }
  }

  public func lastUse(of key: Key) async throws(Fault) -> Double {
    let recorded = try await store.read { reader throws(Fault) in
      try reader.lastUsage(of: key.id, region: key.home.region)
    }
    let noted = usage.lastUsage(of: key)
    let dates = [recorded?.date, noted?.date, key.creationDate].compactMap { $0?.timeIntervalSince1970 }
    return dates.max() ?? key.creationDate.timeIntervalSince1970
  }

  /// Changes the grants on a key in one transaction, and forgets what was remembered of the grantee of the grant that
  /// came or went.
  func changeGrants(
    on key: KeyName, _ change: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Grant
  ) async throws(Fault) -> Grant {
    do {
      let grant = try await store.write(change)
      grants.invalidate(GranteeKey(key: key, grantee: grant.granteePrincipal))
      return grant
    } catch {
      // After a failure of the store, whether it took place is unknown, and of whom. What was refused did not.
      if error.kind == .internalFailure { grants.invalidate { name, _ in name.key == key } }
      throw error
    }
  }
}
