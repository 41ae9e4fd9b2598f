// What was decided on a demand, and why.

public import KMSDomain

/// A decision. It always says what made it: denials are explained to callers, and everything to operators.
public enum AccessDecision: Hashable, Sendable {
  /// The demand is allowed.
  case allowed(Basis)
  /// The demand is denied.
  case denied(Reason)

  /// What allows something.
  public enum Basis: Hashable, Sendable {
    /// A statement of the key policy that names the caller.
    case keyPolicy(StatementReference)
    /// An identity policy; on a key, with the statement of the key policy that lets the account decide.
    case identityPolicy(name: String, StatementReference, keyPolicy: StatementReference?)
    /// The account's root, whom nothing in the account limits; on a key, with the statement that names the account.
    case root(keyPolicy: StatementReference?)
    /// A grant, by its id.
    case grant(String)
    /// The grant that is to be retired: it names the caller, or the caller's account made it.
    case retirement(String)
  }

  /// What denies something.
  public enum Reason: Hashable, Sendable {
    /// A statement says so.
    case explicitDeny(PolicyLayer, policy: String?, StatementReference)
    /// No identity policy allows it.
    case noIdentityPolicy
    /// The key policy neither allows it nor lets the account decide, and no grant covers it.
    case noKeyPolicy
    /// Something allows it, but the permissions boundary or the session policy does not.
    case filtered(PolicyLayer)
    /// The resource is another account's, and the caller does not learn more.
    case elsewhere
    /// The grant that is to be retired names somebody else.
    case notRetirable
    /// The resource could not be found, or is hidden as if it could not.
    case missing(Fault.Kind)
  }

  /// Whether the demand is allowed.
  public var isAllowed: Bool {
    if case .allowed = self { true } else { false }
  }
}

/// The kinds of policy that a decision looks at.
public enum PolicyLayer: String, Hashable, Sendable, CaseIterable {
  /// A policy of the caller.
  case identity
  /// The policy of the key.
  case resource
  /// What the caller may do at most.
  case permissionsBoundary
  /// What the caller's session may do at most.
  case session
}
