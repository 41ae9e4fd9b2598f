// The lockout safety check: a new key policy must not take the key out of its author's hands.

public import KMSDomain

extension KeyPolicy {
  /// Whether the policy, as far as can be told before there is a request, lets a caller replace it again.
  ///
  /// Some statement must allow it: to the caller itself, to everybody, or to the caller's account, which then decides.
  /// None may deny it.
  ///
  /// A statement with conditions counts for nothing either way, and neither does a resource with policy variables:
  /// whether they hold is known only when a request is made. So a policy whose only Allow has conditions is refused,
  /// though it might work, and a Deny with conditions passes, though it might lock out. `caller` is nil when the
  /// caller's ARN is of no known kind.
  public func allowsReplacement(by caller: PrincipalARN?, of account: AccountID, on keyARN: String) -> Bool {
    let relevant = statements.filter { statement in
      statement.conditions.isEmpty && statement.applies(to: "kms:PutKeyPolicy", on: keyARN)
        && statement.principals?.selects { $0.match(caller, of: account) != .none } == true
    }
    return relevant.contains { $0.effect == .allow } && !relevant.contains { $0.effect == .deny }
  }
}
