// Everybody whom this service knows, at one moment.

public import KMSDomain
public import SecureMemory

/// Users, roles and access keys, ready to be used. Made whole, never changed, and replaced whole.
///
/// A principal whose documents do not parse is left out, and so are access keys of principals that are left out: a
/// request made with them is refused like one of somebody unknown. ``problems`` says which and why.
public final class IdentitySet: Sendable {
  /// The revision of the store's identities that this was made from.
  public let revision: Int
  /// What was left out, in the order it was found.
  public let problems: [IdentityProblem]

  private let accounts: Set<AccountID>
  private let names: PrincipalNames
  private let users: [String: CallerIdentity]
  private let roles: [String: Role]
  private let records: IdentityRecords
  private let accessKeys: [String: (identity: CallerIdentity, secret: SecretBytes, isActive: Bool)]

  /// Puts a set together.
  ///
  /// - Parameters:
  ///   - accounts: The accounts that are hosted here beside those of `principals`.
  ///   - principals: Of two with one ARN, or one name in an account, the first counts.
  ///   - accessKeys: Of two with one id the first counts.
  ///   - lockedAccessKeys: Access keys whose secrets do not open, so that nobody can use them.
  ///   - revision: The revision of the store that they were read from.
  ///   - problems: What was left out before.
  public init(
    accounts: Set<AccountID> = [], principals: [Principal] = [], accessKeys: [OpenedAccessKey] = [],
    lockedAccessKeys: [AccessKey] = [], revision: Int = 0, problems: [IdentityProblem] = []
  ) {
    var problems = problems
    var records = IdentityRecords()
    var names = PrincipalNames()
    var users: [String: CallerIdentity] = [:]
    var roles: [String: Role] = [:]
    for principal in principals {
      do throws(IdentityProblem.Reason) {
        try names.insert(principal)
        records.insert(principal)
        switch principal.kind {
        case .user: users[principal.arn] = try CallerIdentity(user: principal)
        case .role: roles[principal.arn] = try Role(principal)
        }
      } catch {
        problems.append(IdentityProblem(error.kind, principal.arn, error.text))
      }
    }
    var keys: [String: (identity: CallerIdentity, secret: SecretBytes, isActive: Bool)] = [:]
    for key in accessKeys {
      records.insert(key)
      if keys[key.id] != nil {
        problems.append(IdentityProblem(.duplicate, "access key \(key.id)", "there is another of this id"))
      } else if let user = users[key.principalARN] {
        keys[key.id] = (user, key.secret, key.isActive)
      } else if !names.arns.contains(key.principalARN) {
        problems.append(
          IdentityProblem(.unusable, "access key \(key.id)", "there is no user \(key.principalARN)"))
      }
    }
    for key in lockedAccessKeys { records.insert(key) }
    self.revision = revision
    self.problems = problems
    self.accounts = accounts.union(principals.map(\.account))
    self.names = names
    self.records = records
    self.users = users
    self.roles = roles
    self.accessKeys = keys
  }

  /// Nobody, in no account: everybody whom a policy or a grant may name is taken to exist.
  public static let empty = IdentitySet()

  /// What was done to `old` to come to this set: what has gone first, and in the order of ARNs.
  public func changes(from old: IdentitySet) -> [IdentityChange] { records.changes(from: old.records) }

  // MARK: Looking up

  /// The access key `id`: whose it is, its secret, and whether it may be used. A caller takes one that is not active
  /// for one that is not there.
  public func accessKey(_ id: String) -> (identity: CallerIdentity, secret: SecretBytes, isActive: Bool)? {
    accessKeys[id]
  }

  /// The user with this ARN.
  public func user(arn: String) -> CallerIdentity? { users[arn] }

  /// The role with this ARN, path included.
  public func role(arn: String) -> Role? { roles[arn] }

  /// Whether the principals of `account` are known here, so that one that is not known does not exist.
  public func hosts(_ account: AccountID) -> Bool { accounts.contains(account) }

  /// Whether there is such a principal, as far as can be said: those of accounts that are not hosted, accounts
  /// themselves and federated users are taken to exist. Of a role's session the role must be there.
  public func exists(_ principal: PrincipalARN) -> Bool {
    guard hosts(principal.account) else { return true }
    switch principal.kind {
    case .root, .federatedUser: return true
    case .user, .role: return names.arns.contains(principal.description)
    case .assumedRole(let role, _):
      return names.hasRole(named: role, partition: principal.partition, account: principal.account)
    }
  }
}
