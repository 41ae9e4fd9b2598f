// The decision on a role: whom its trust policy lets in, and whose own account lets them ask.

import KMSDomain

extension RoleAssumption {
  /// Decides on every action that the request needs.
  ///
  /// In the role's own account it is enough that the trust policy names the caller; when it names the account, the
  /// caller's identity policies must allow the action on the role. From another account both sides must. An explicit
  /// Deny anywhere wins.
  public func decision() -> Decision {
    if isRefusedRoot { return .denied(action: actions[0], .root) }
    for action in actions {
      if let refusal = refusal(of: action) { return .denied(action: action, refusal) }
    }
    return .allowed
  }

  private var isRefusedRoot: Bool {
    guard !admitsRoots, case .caller(let identity) = asker else { return false }
    return identity.kind == .root
  }

  /// Why `action` is not allowed; nil when it is.
  private func refusal(of action: String) -> Refusal? {
    let query = PolicyQuery(action: action, resource: role.arn.description, values: AssumptionValues(assumption: self))
    switch asker {
    case .webIdentity(let identity):
      let verdict = role.trustPolicy.evaluate(query, forProvider: identity.providerARN)
      if verdict.deniedBy != nil { return .explicitDeny(.resource) }
      return verdict.allowedBy == nil ? .notTrusted : nil
    case .caller(let identity):
      let standing = IdentityStanding(identity, query)
      let verdict = role.trustPolicy.evaluate(
        query, for: identity.principal, roleARN: identity.rolePrincipal, of: identity.account)
      return refusal(verdict, standing, isLocal: identity.account == role.record.account)
    }
  }

  private func refusal(_ verdict: KeyPolicyVerdict, _ standing: IdentityStanding, isLocal: Bool) -> Refusal? {
    if verdict.deniedBy != nil { return .explicitDeny(.resource) }
    if case .explicitDeny(let layer, _, _) = standing.explicitDeny { return .explicitDeny(layer) }
    guard verdict.direct != nil || verdict.account != nil else { return .notTrusted }
    if isLocal, let direct = verdict.direct {
      // A role that is named is still limited by what limits its sessions; whoever is named itself is not.
      guard direct.match == .role, let filter = standing.filter else { return nil }
      if verdict.account == nil { return .filtered(filter) }
    }
    guard standing.allowance != nil else { return .noIdentityPolicy }
    return standing.filter.map(Refusal.filtered)
  }
}
