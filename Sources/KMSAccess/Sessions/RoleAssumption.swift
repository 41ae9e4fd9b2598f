// A request to assume a role.

public import KMSDomain

/// Everything that decides whether somebody may begin a session of a role.
public struct RoleAssumption: Sendable {
  /// Who asks.
  public enum Asker: Sendable {
    /// Somebody with credentials of this service.
    case caller(CallerIdentity)
    /// Somebody whom an identity provider vouches for.
    case webIdentity(WebIdentity)
  }

  /// What was decided.
  public enum Decision: Hashable, Sendable {
    /// The session may begin.
    case allowed
    /// It may not, for want of this action.
    case denied(action: String, Refusal)
  }

  /// Why a role may not be assumed. Callers are not told: it would say whether the role exists.
  public enum Refusal: Hashable, Sendable {
    /// A statement of this kind of policy says so; ``PolicyLayer/resource`` is the trust policy.
    case explicitDeny(PolicyLayer)
    /// The trust policy names neither the caller nor its account, or not under these conditions.
    case notTrusted
    /// The trust policy leaves it to the caller's account, and no identity policy allows it.
    case noIdentityPolicy
    /// An identity policy allows it, but the permissions boundary or the session policy does not.
    case filtered(PolicyLayer)
    /// Roots assume no roles.
    case root
  }

  /// Who asks.
  public let asker: Asker
  /// The role.
  public let role: Role
  /// What the session is asked to be.
  public let request: SessionRequest
  /// The Region that is called.
  public let region: Region
  /// How the request came.
  public let origin: RequestOrigin
  /// Whether an account's root may assume roles: in development only, where everybody is one.
  public let admitsRoots: Bool

  /// Puts a request together.
  public init(
    _ asker: Asker, role: Role, request: SessionRequest, region: Region, origin: RequestOrigin,
    admitsRoots: Bool = false
  ) {
    self.asker = asker
    self.role = role
    self.request = request
    self.region = region
    self.origin = origin
    self.admitsRoots = admitsRoots
  }

  /// The caller, if it is one with credentials of this service.
  var caller: CallerIdentity? {
    if case .caller(let identity) = asker { identity } else { nil }
  }

  /// The tags that the caller's session hands on, and that nobody may change.
  public var inheritedTags: [Tag] {
    guard let caller, let session = caller.assumedRole else { return [] }
    let keys = Set(session.transitiveTagKeys.map { $0.lowercased() })
    var seen: Set<String> = []
    // A session's own tags come before its role's, which are not handed on.
    return caller.tags.filter { keys.contains($0.key.lowercased()) && seen.insert($0.key.lowercased()).inserted }
  }

  /// Who will be behind the session: as was said first in a chain of sessions.
  public var sourceIdentity: String? { caller?.assumedRole?.sourceIdentity ?? request.sourceIdentity }

  /// The actions that must be allowed. Tags and source identities that are handed on need a role that takes them.
  public var actions: [String] {
    var actions: [String]
    switch asker {
    case .caller: actions = ["sts:AssumeRole"]
    case .webIdentity: actions = ["sts:AssumeRoleWithWebIdentity"]
    }
    if !request.tags.isEmpty || !inheritedTags.isEmpty { actions.append("sts:TagSession") }
    if sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
    return actions
  }
}
