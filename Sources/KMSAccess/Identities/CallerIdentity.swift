// A principal of this service, with everything that decides what it may do.

public import KMSDomain
public import struct FoundationEssentials.Date

/// An identity that requests can be made with: made once when identities are read or a session is opened, then shared
/// by all of its requests.
public final class CallerIdentity: Sendable {
  /// What sort of identity it is.
  public enum Kind: Hashable, Sendable {
    /// The root user of an account.
    case root
    /// A user, by name.
    case user(String)
    /// A session of a role.
    case assumedRole(AssumedRole)
  }

  /// What is known of a session of a role.
  public struct AssumedRole: Hashable, Sendable {
    /// The role's ARN, path included.
    public let roleARN: String
    /// The role's unique id, `AROA…`.
    public let roleID: String
    /// The role's name.
    public let roleName: String
    /// The session's name.
    public let sessionName: String
    /// When the session began.
    public let issueTime: Date
    /// Who is behind the session, as the first caller in a chain said; nil when nobody did.
    public let sourceIdentity: String?
    /// The identity provider of a web identity; nil for other sessions.
    public let federatedProvider: String?
    /// The keys of those of the session's tags that go on to sessions begun from it.
    public let transitiveTagKeys: [String]
    /// The claims of a web identity by the condition keys that ask for them, in lower case: `accounts.google.com:sub`.
    public let claims: [String: [String]]

    /// Puts a session together.
    public init(
      roleARN: String, roleID: String, roleName: String, sessionName: String, issueTime: Date,
      sourceIdentity: String? = nil, federatedProvider: String? = nil, transitiveTagKeys: [String] = [],
      claims: [String: [String]] = [:]
    ) {
      self.transitiveTagKeys = transitiveTagKeys
      self.claims = claims
      self.roleARN = roleARN
      self.roleID = roleID
      self.roleName = roleName
      self.sessionName = sessionName
      self.issueTime = issueTime
      self.sourceIdentity = sourceIdentity
      self.federatedProvider = federatedProvider
    }
  }

  /// What the identity's own account lets it do.
  public enum Permissions: Sendable {
    /// Everything that key policies leave to the account: an account's root.
    case everything
    /// What one of these policies allows.
    case policies([NamedPolicy])
  }

  /// A policy, and what it is called in explanations.
  public struct NamedPolicy: Sendable {
    /// The policy's name.
    public let name: String
    /// The policy.
    public let policy: IdentityPolicy

    /// Pairs the two.
    public init(name: String, policy: IdentityPolicy) {
      self.name = name
      self.policy = policy
    }
  }

  /// The ARN as it is shown and matched: `arn:aws:sts::…:assumed-role/R/S` for a session.
  public let arn: String
  /// The ARN, parsed; nil only if it is of no known kind, and then no policy names it.
  public let principal: PrincipalARN?
  /// The account.
  public let account: AccountID
  /// What sort of identity it is.
  public let kind: Kind
  /// The unique id: the account for its root, `AIDA…` for users, `AROA…:session` for sessions.
  public let userID: String
  /// What the account lets it do.
  public let permissions: Permissions
  /// What it may do at most, whatever its policies allow.
  public let permissionsBoundary: IdentityPolicy?
  /// What a session may do at most; nil when it has no policy of its own.
  public let sessionPolicy: IdentityPolicy?
  /// The identity's tags; a session's own come before its role's.
  public let tags: [Tag]
  /// The role of a session, parsed; nil for others.
  let rolePrincipal: PrincipalARN?
  /// Whether any of the policies has a condition on the aliases of keys, which are looked up only then.
  let asksForAliases: Bool

  /// Puts an identity together.
  public init(
    arn: String, account: AccountID, kind: Kind, userID: String, permissions: Permissions,
    permissionsBoundary: IdentityPolicy? = nil, sessionPolicy: IdentityPolicy? = nil, tags: [Tag] = []
  ) {
    self.arn = arn
    principal = PrincipalARN(arn)
    self.account = account
    self.kind = kind
    self.userID = userID
    self.permissions = permissions
    self.permissionsBoundary = permissionsBoundary
    self.sessionPolicy = sessionPolicy
    self.tags = tags
    rolePrincipal = if case .assumedRole(let session) = kind { PrincipalARN(session.roleARN) } else { nil }
    var all = [permissionsBoundary, sessionPolicy].compactMap(\.self)
    if case .policies(let policies) = permissions { all += policies.map(\.policy) }
    asksForAliases = all.contains { $0.mentions(.named(.resourceAliases)) }
  }

  /// The root user of an account.
  public static func root(of account: AccountID, partition: String) -> CallerIdentity {
    CallerIdentity(
      arn: "arn:\(partition):iam::\(account):root", account: account, kind: .root, userID: account.description,
      permissions: .everything)
  }
}
