// A policy, of whatever kind, as its text says.

/// What key policies, identity policies and trust policies have in common.
struct PolicyDocument: Hashable, Sendable {
  /// The version of the policy language.
  enum Version: String, Hashable, Sendable {
    case first = "2008-10-17"
    /// The one that knows policy variables.
    case second = "2012-10-17"
  }

  /// What a policy is attached to, which decides what its statements must say.
  enum Kind: Hashable, Sendable {
    /// A key in a partition: statements name their principals.
    case key(partition: String)
    /// A user or a role: statements name no principal.
    case identity
    /// A role in a partition, to say who may assume it: statements name principals, and the role is their resource.
    case trust(partition: String)
  }

  let version: Version
  let id: String?
  let statements: [PolicyStatement]
  /// For each statement, which actions of KMS it may be about: most statements are passed over by one comparison.
  let selectedActions: [UInt64]

  /// The statements that may be about an action; all of them when it is none of KMS.
  func forEachStatement(about action: KnownAction?, _ body: (PolicyStatement) -> Void) {
    guard let action else { return statements.forEach(body) }
    for (index, selected) in selectedActions.enumerated() where selected & action.bit != 0 { body(statements[index]) }
  }
}
