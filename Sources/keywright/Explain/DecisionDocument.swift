// What decided, for programs: part of the JSON of `keywright explain`.

import KMSAccess

/// The reason of a decision, and the statements or the grant behind it.
struct DecisionDocument {
  /// A statement of a policy, or a grant.
  struct Decider: Encodable {
    /// `keyPolicy`, `identityPolicy`, `permissionsBoundary`, `sessionPolicy` or `grant`.
    let kind: String
    /// The name of the policy, if it has one.
    var policy: String?
    var statement: Int?
    var sid: String?
    /// The grant's id.
    var grant: String?

    init(_ kind: String, policy: String? = nil, _ statement: StatementReference? = nil, grant: String? = nil) {
      self.kind = kind
      self.policy = policy
      self.statement = statement?.number
      sid = statement?.sid
      self.grant = grant
    }
  }

  /// One word for programs.
  let reason: String
  /// What decided; nothing where what could have allowed it is missing.
  let deciders: [Decider]

  init(_ decision: AccessDecision) {
    switch decision {
    case .allowed(let basis): self.init(basis)
    case .denied(let reason): self.init(reason)
    }
  }

  private init(_ reason: String, _ deciders: [Decider] = []) {
    self.reason = reason
    self.deciders = deciders
  }

  private init(_ basis: AccessDecision.Basis) {
    switch basis {
    case .keyPolicy(let statement): self.init("keyPolicy", [Decider("keyPolicy", statement)])
    case .identityPolicy(let name, let statement, let delegation):
      self.init(
        "identityPolicy",
        [Decider("identityPolicy", policy: name, statement)] + (delegation.map { [Decider("keyPolicy", $0)] } ?? []))
    case .root(let statement): self.init("root", statement.map { [Decider("keyPolicy", $0)] } ?? [])
    case .grant(let id): self.init("grant", [Decider("grant", grant: id)])
    case .retirement(let id): self.init("retirement", [Decider("grant", grant: id)])
    }
  }

  private init(_ reason: AccessDecision.Reason) {
    switch reason {
    case .explicitDeny(let layer, let policy, let statement):
      self.init("explicitDeny", [Decider(Self.kind(layer), policy: policy, statement)])
    case .filtered(let layer): self.init("filtered", [Decider(Self.kind(layer))])
    case .noIdentityPolicy: self.init("noIdentityPolicy")
    case .noKeyPolicy: self.init("noKeyPolicy")
    case .elsewhere: self.init("otherAccount")
    case .notRetirable: self.init("notRetirable")
    case .missing: self.init("missing")
    }
  }

  private static func kind(_ layer: PolicyLayer) -> String {
    switch layer {
    case .identity: "identityPolicy"
    case .resource: "keyPolicy"
    case .permissionsBoundary: "permissionsBoundary"
    case .session: "sessionPolicy"
    }
  }
}
