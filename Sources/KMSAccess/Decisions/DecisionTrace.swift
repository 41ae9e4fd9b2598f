// Why a decision came out as it did: each policy and each grant that had a say, one after the other.

public import KMSDomain

/// A decision with what every layer says of the request, for people who wonder about it.
///
/// The decision is ``AccessEvaluation``'s. The layers are asked again, one by one, by the same functions that it asks.
public struct DecisionTrace: Sendable {
  /// One policy, or one grant.
  public struct Layer: Hashable, Sendable {
    /// What a layer does for the request.
    public enum Outcome: String, Hashable, Sendable {
      /// It allows the request.
      case allows
      /// It leaves the request to the caller's account.
      case delegates
      /// It forbids the request outright.
      case forbids
      /// It has nothing to say for the request.
      case silent
    }

    /// What the layer is called, such as `key policy`.
    public let name: String
    /// What it does for the request.
    public let outcome: Outcome
    /// The same in words.
    public let finding: String
    /// Its statements, in their order; none for a grant.
    public let statements: [StatementTrace]

    init(_ name: String, _ outcome: Outcome, _ finding: String, statements: [StatementTrace] = []) {
      self.name = name
      self.outcome = outcome
      self.finding = finding
      self.statements = statements
    }
  }

  /// What was asked.
  public let request: AccessRequest
  /// What was decided.
  public let decision: AccessDecision
  /// What each layer says: what lies on the resource, then what goes with the caller, then the grants.
  public let layers: [Layer]

  /// Decides on a request, and asks every layer.
  ///
  /// - Parameter grants: the grants on the key to any of the ``grantees(of:)``.
  public init(_ request: AccessRequest, grants: [Grant] = []) {
    let evaluation = AccessEvaluation(request)
    let named = evaluation.grantees.map { grantee in
      (grantee: grantee, index: GrantIndex(grants.filter { $0.granteePrincipal.utf8.elementsEqual(grantee.arn.utf8) }))
    }
    self.request = request
    decision = evaluation.decision(grants: named)
    let verdict = request.keyPolicyVerdict
    let standing = IdentityStanding(request.identity, request.query(request))
    layers =
      request.resourceLayers(verdict) + request.identityLayers(isAllowed: decision.isAllowed)
      + request.grantLayers(grants, standing, isForbidden: verdict?.deniedBy != nil || standing.explicitDeny != nil)
  }

  /// The principals as whose grantee a grant may mean a caller.
  public static func grantees(of identity: CallerIdentity) -> [String] { identity.grantees.map(\.arn) }

  /// What the caller is told when the request is denied, as `Code: text`; nil when it is allowed.
  public var refusal: String? {
    guard case .denied(let reason) = decision else { return nil }
    let fault = reason.fault(request)
    return fault.message.map { "\(fault.kind.rawValue): \($0)" } ?? fault.kind.rawValue
  }
}

extension AccessRequest {
  /// Whether anybody could do this to the key, be it another account's.
  fileprivate var isPossible: Bool { isLocal || CrossAccount.actions.contains(demand.action) }

  /// What the key policy says; nil when it is not asked.
  fileprivate var keyPolicyVerdict: KeyPolicyVerdict? {
    guard case .key(let key) = demand.resource, isPossible else { return nil }
    return key.policy?.evaluate(
      query(KeyPolicyValues(request: self)), for: identity.principal, roleARN: identity.rolePrincipal,
      of: identity.account)
  }

  // MARK: What lies on the resource

  fileprivate func resourceLayers(_ verdict: KeyPolicyVerdict?) -> [DecisionTrace.Layer] {
    switch demand.resource {
    case .account: return []
    case .missing: return [.init("resource", .silent, "could not be found")]
    case .alias, .principal:
      guard !isLocal else { return [] }
      return [.init("resource", .silent, "is account \(owner)'s, and \(action) is not for other accounts")]
    case .grant(let grant, _): return [retirementLayer(grant)]
    case .key(let key): return [keyPolicyLayer(key, verdict)]
    }
  }

  private func keyPolicyLayer(_ key: GuardedKey, _ verdict: KeyPolicyVerdict?) -> DecisionTrace.Layer {
    let name = "key policy"
    guard isPossible else {
      return .init(name, .silent, "has no say: \(action) is not for the keys of other accounts")
    }
    guard let policy = key.policy, let verdict else {
      return .init(name, .silent, "cannot be read, and so allows nothing")
    }
    let caller = PolicyCaller(
      principal: identity.principal, roleARN: identity.rolePrincipal, account: identity.account)
    let query = query(KeyPolicyValues(request: self))
    let statements = policy.statements.map { StatementTrace($0, query, caller: caller) }
    let (outcome, finding) = keyPolicyFinding(verdict)
    return .init(name, outcome, finding, statements: statements)
  }

  private func keyPolicyFinding(_ verdict: KeyPolicyVerdict) -> (DecisionTrace.Layer.Outcome, String) {
    if let statement = verdict.deniedBy { return (.forbids, "forbids it: \(statement)") }
    if let (statement, match) = verdict.direct {
      let finding = "allows it to \(match.words): \(statement)"
      return isLocal ? (.allows, finding) : (.delegates, "\(finding); the caller's own account must allow it too")
    }
    if let statement = verdict.account {
      return (.delegates, "leaves it to account \(identity.account) to allow: \(statement)")
    }
    return (.silent, "neither allows it to the caller nor leaves it to account \(identity.account)")
  }

  private func retirementLayer(_ grant: Grant) -> DecisionTrace.Layer {
    let name = "grant \(grant.id)"
    switch grant.retirementRight(of: identity) {
    case .itself?, .role?: return .init(name, .allows, "lets the caller retire it")
    case .account?:
      return .init(name, .delegates, "lets account \(identity.account) retire it, whose identity policies decide")
    case nil: return .init(name, .silent, "lets neither the caller nor its account retire it")
    }
  }
}

extension PrincipalMatch {
  /// Whom a statement means that names a caller so.
  fileprivate var words: String {
    switch self {
    case .anyone: "everybody"
    case .user: "the user"
    case .session: "the session"
    case .role: "the session's role"
    case .root: "the account, and so to its root"
    }
  }
}
