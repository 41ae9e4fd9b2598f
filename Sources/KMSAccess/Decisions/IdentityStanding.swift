// What the caller's own side says of a request: identity policies, permissions boundary, session policy.

/// The verdicts of all policies that go with the caller.
public struct IdentityStanding: Sendable {
  /// What in the caller's account allows something.
  public enum Allowance: Hashable, Sendable {
    /// It is the account's root.
    case root
    /// A statement of an identity policy.
    case policy(name: String, StatementReference)
  }

  /// The statement that forbids it; it wins over everything.
  public private(set) var explicitDeny: AccessDecision.Reason?
  /// What allows it, boundary and session policy aside.
  public private(set) var allowance: Allowance?
  /// The layer that lets nothing but what it allows through, and does not allow this.
  public private(set) var filter: PolicyLayer?

  /// Evaluates everything that goes with `identity`.
  public init<Values: ConditionValues>(_ identity: CallerIdentity, _ query: PolicyQuery<Values>) {
    switch identity.permissions {
    case .everything: allowance = .root
    case .policies(let policies):
      for named in policies {
        let verdict = named.policy.evaluate(query)
        if let statement = verdict.deniedBy {
          explicitDeny = .explicitDeny(.identity, policy: named.name, statement)
          return
        }
        if allowance == nil, let statement = verdict.allowedBy {
          allowance = .policy(name: named.name, statement)
        }
      }
    }
    apply(identity.permissionsBoundary, as: .permissionsBoundary, query)
    apply(identity.sessionPolicy, as: .session, query)
  }

  private mutating func apply<Values: ConditionValues>(
    _ policy: IdentityPolicy?, as layer: PolicyLayer, _ query: PolicyQuery<Values>
  ) {
    guard let policy, explicitDeny == nil else { return }
    let verdict = policy.evaluate(query)
    if let statement = verdict.deniedBy {
      explicitDeny = .explicitDeny(layer, policy: nil, statement)
    } else if verdict.allowedBy == nil, filter == nil {
      filter = layer
    }
  }

  /// What the caller's side alone comes to: its account decides.
  func decision(keyPolicy: StatementReference? = nil) -> AccessDecision {
    if let explicitDeny { return .denied(explicitDeny) }
    guard let allowance else { return .denied(.noIdentityPolicy) }
    if let filter { return .denied(.filtered(filter)) }
    switch allowance {
    case .root: return .allowed(.root(keyPolicy: keyPolicy))
    case .policy(let name, let statement):
      return .allowed(.identityPolicy(name: name, statement, keyPolicy: keyPolicy))
    }
  }
}
