// The decision on one demand: KMS's rules about key policies, accounts, grants and other accounts.

import KMSDomain

/// One demand, evaluated against every policy that has a say; grants, which cost a look-up, come in only if they are
/// needed.
///
/// The rules are those of `docs/access.md`: an explicit Deny wins over everything; the key policy is the root of
/// trust, also in the key's own account; an account's identity policies count only if the key policy names the account;
/// from another account both sides must allow.
public struct AccessEvaluation: Sendable {
  private let request: AccessRequest
  private let standing: IdentityStanding
  private let byPolicies: AccessDecision
  /// Whether a grant could allow what the policies do not.
  private let isOpenToGrants: Bool

  /// Evaluates the policies.
  public init(_ request: AccessRequest) {
    self.request = request
    let standing = IdentityStanding(request.identity, request.query(request))
    self.standing = standing
    var isOpenToGrants = false
    switch request.demand.resource {
    case .account:
      byPolicies = standing.decision()
    case .alias, .principal:
      byPolicies = request.isLocal ? standing.decision() : .denied(.elsewhere)
    case .grant(let grant, _):
      byPolicies = Self.decideRetirement(of: grant, by: request, standing)
    case .missing(let fault):
      byPolicies = .denied(.missing(fault.kind))
    case .key(let key):
      let isPossible = request.isLocal || CrossAccount.actions.contains(request.demand.action)
      let verdict = key.policy?.evaluate(
        request.query(KeyPolicyValues(request: request)), for: request.identity.principal,
        roleARN: request.identity.rolePrincipal, of: request.identity.account)
      byPolicies =
        if !isPossible {
          .denied(.elsewhere)
        } else if request.isLocal {
          Self.decideLocally(verdict, standing)
        } else {
          Self.decideFromElsewhere(verdict, standing)
        }
      // What is forbidden outright, no grant allows; nor what a policy might forbid that cannot be read.
      isOpenToGrants =
        !byPolicies.isAllowed && isPossible && verdict.map { $0.deniedBy == nil } == true
        && standing.explicitDeny == nil && GrantOperation(rawValue: request.demand.action) != nil
    }
    self.isOpenToGrants = isOpenToGrants
  }

  /// The names whose grants could allow what the policies do not; empty when no grant can change the decision.
  public var grantees: [CallerIdentity.Grantee] { isOpenToGrants ? request.identity.grantees : [] }

  /// The decision, given the grants on the key to those of the ``grantees`` that have any.
  public func decision(grants: [(grantee: CallerIdentity.Grantee, index: GrantIndex)]) -> AccessDecision {
    guard isOpenToGrants else { return byPolicies }
    var filter: PolicyLayer?
    for (grantee, index) in grants {
      guard let grant = index.grant(covering: request) else { continue }
      // Whom an account gives its right to in turn, its identity policies say.
      if grantee.naming == .account, standing.allowance == nil { continue }
      // Who is named itself is not limited by what limits sessions of a role, and users of an account.
      guard grantee.naming != .itself, let layer = standing.filter else { return .allowed(.grant(grant.id)) }
      filter = layer
    }
    if let filter, request.isLocal { return .denied(.filtered(filter)) }
    return byPolicies
  }

  // MARK: Rules

  private static func decideLocally(_ verdict: KeyPolicyVerdict?, _ standing: IdentityStanding) -> AccessDecision {
    if let statement = verdict?.deniedBy { return .denied(.explicitDeny(.resource, policy: nil, statement)) }
    if let explicitDeny = standing.explicitDeny { return .denied(explicitDeny) }
    if let (statement, match) = verdict?.direct {
      if match == .root { return .allowed(.root(keyPolicy: statement)) }
      // A role that is named is still limited by what limits its sessions, and so is what the account lets them do;
      // whoever is named itself is not.
      guard match == .role, let filter = standing.filter else { return .allowed(.keyPolicy(statement)) }
      return .denied(.filtered(filter))
    }
    guard let delegation = verdict?.account else { return .denied(.noKeyPolicy) }
    return standing.decision(keyPolicy: delegation)
  }

  private static func decideFromElsewhere(
    _ verdict: KeyPolicyVerdict?, _ standing: IdentityStanding
  ) -> AccessDecision {
    // Only those whom the key policy allows learn why their own account does not.
    guard let verdict, verdict.deniedBy == nil, let statement = verdict.direct?.statement ?? verdict.account else {
      return .denied(.elsewhere)
    }
    return standing.decision(keyPolicy: statement)
  }

  private static func decideRetirement(
    of grant: Grant, by request: AccessRequest, _ standing: IdentityStanding
  ) -> AccessDecision {
    if let explicitDeny = standing.explicitDeny { return .denied(explicitDeny) }
    switch grant.retirementRight(of: request.identity) {
    case .account where standing.allowance == nil, nil:
      return .denied(request.isLocal ? .notRetirable : .elsewhere)
    // Who is named itself is not limited by what limits sessions of a role, and users of an account.
    case .role, .account:
      if let filter = standing.filter { return .denied(request.isLocal ? .filtered(filter) : .elsewhere) }
    case .itself: break
    }
    return .allowed(.retirement(grant.id))
  }
}

extension AccessRequest {
  /// Whether the resource is the caller's own account's.
  var isLocal: Bool { owner == identity.account }

  /// What policies are asked, with the values that they may see.
  func query<Values: ConditionValues>(_ values: Values) -> PolicyQuery<Values> {
    PolicyQuery(action: action, resource: resourceARN, values: values)
  }
}
