// What a key policy says about a request.

/// The statements of a policy that decide, and how they name the caller. Whatever allows, a denial wins.
public struct KeyPolicyVerdict: Sendable {
  /// The first statement that denies; nil when none does.
  public internal(set) var deniedBy: StatementReference?
  /// A statement that allows it to the caller itself, and how that names it; nil when none does. Of several, the first
  /// is taken that names more than the caller's role.
  public internal(set) var direct: (statement: StatementReference, match: PrincipalMatch)?
  /// The first statement that leaves it to the caller's account to allow; nil when none does. An account's root is
  /// allowed directly by the same statement.
  public internal(set) var account: StatementReference?

  init() {}

  mutating func add(_ statement: PolicyStatement, _ naming: PrincipalNaming) {
    switch statement.effect {
    case .deny: deniedBy = deniedBy ?? statement.reference
    case .allow:
      if naming.account { account = account ?? statement.reference }
      if let match = naming.direct, direct == nil || direct?.match.isUnlimited == false && match.isUnlimited {
        direct = (statement.reference, match)
      }
    }
  }
}
