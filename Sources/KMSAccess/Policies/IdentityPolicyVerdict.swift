// What an identity policy says about a request.

/// The statements of a policy that decide. Whatever allows, a denial wins.
public struct IdentityPolicyVerdict: Hashable, Sendable {
  /// The first statement that allows; nil when none does.
  public internal(set) var allowedBy: StatementReference?
  /// The first statement that denies; nil when none does.
  public internal(set) var deniedBy: StatementReference?

  init() {}

  mutating func add(_ statement: PolicyStatement) {
    switch statement.effect {
    case .allow: allowedBy = allowedBy ?? statement.reference
    case .deny: deniedBy = deniedBy ?? statement.reference
    }
  }
}
