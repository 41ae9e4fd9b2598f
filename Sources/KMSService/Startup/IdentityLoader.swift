// Puts together who there is: from the store, and from what an operator declares.

public import KMSAccess
public import KMSDomain

/// Reads all principals and access keys and makes an ``IdentitySet`` of them.
public struct IdentityLoader: Sendable {
  private let store: any Store
  private let keys: StoreKeys
  private let account: AccountID
  private let declared: DeclaredIdentities

  /// Why identities cannot be had.
  public enum Failure: Error, CustomStringConvertible {
    /// The store cannot be read.
    case store(Fault)
    /// A principal or an access key is both declared and stored.
    case declaredAndStored(IdentityProblem)

    /// One line for the operator.
    public var description: String {
      switch self {
      case .store(let fault): "the identities cannot be read: \(fault.cause.map { "\($0)" } ?? fault.kind.rawValue)"
      case .declaredAndStored(let problem):
        "\(problem), among what the identities file declares and the store keeps: one of the two has to go"
      }
    }
  }

  /// Loads from `store`, whose secrets `keys` open. `account` is hosted whoever is in it.
  public init(store: any Store, keys: StoreKeys, account: AccountID, declared: DeclaredIdentities = .init()) {
    self.store = store
    self.keys = keys
    self.account = account
    self.declared = declared
  }

  /// Everybody, for the start of the service: refuses what is both declared and stored.
  public func load() async throws(Failure) -> IdentitySet {
    let set = try await reload()
    if let problem = set.problems.first(where: { $0.kind == .duplicate }) { throw .declaredAndStored(problem) }
    return set
  }

  /// The revision of what the store has now.
  func revision() async throws(Failure) -> Int {
    do {
      return try await store.read { reader throws(Fault) in try reader.identityRevision() }
    } catch {
      throw .store(error)
    }
  }

  /// Everybody, while the service runs: of what is both declared and stored, what is declared goes on.
  public func reload() async throws(Failure) -> IdentitySet {
    let stored: StoredIdentities
    do {
      stored = try await store.read { reader throws(Fault) in try StoredIdentities(reader) }
    } catch {
      throw .store(error)
    }
    var problems: [IdentityProblem] = []
    var locked: [AccessKey] = []
    // A stored access key never becomes one of a declared principal that happens to have its principal's ARN.
    let declaredARNs = Set(declared.principals.map(\.arn))
    var accessKeys = declared.accessKeys
    for accessKey in stored.accessKeys where !declaredARNs.contains(accessKey.principalARN) {
      do {
        accessKeys.append(
          OpenedAccessKey(
            id: accessKey.id, principalARN: accessKey.principalARN, secret: try keys.secret(of: accessKey),
            isActive: accessKey.isActive))
      } catch {
        locked.append(accessKey)
        problems.append(
          IdentityProblem(
            .unusable, "access key \(accessKey.id)", "its secret does not open: the store was altered"))
      }
    }
    return IdentitySet(
      accounts: declared.accounts.union([account]), principals: declared.principals + stored.principals,
      accessKeys: accessKeys, lockedAccessKeys: locked, revision: stored.revision, problems: problems)
  }
}

/// All that the store has, of one moment.
private struct StoredIdentities: Sendable {
  let principals: [Principal]
  let accessKeys: [AccessKey]
  let revision: Int

  init(_ reader: any StoreReader) throws(Fault) {
    revision = try reader.identityRevision()
    principals = try reader.allPrincipals()
    accessKeys = try reader.allAccessKeys()
  }
}
