// What key policies say about requests.

public import KMSDomain

extension KeyPolicy {
  /// What the policy says about a request of a caller in `account`.
  ///
  /// `principal` is nil when the caller's ARN is of no known kind. `roleARN` is the role of a caller that is a session:
  /// with it, a role in the policy must be that role, path included.
  public func evaluate<Values>(
    _ query: PolicyQuery<Values>, for principal: PrincipalARN?, roleARN: PrincipalARN?, of account: AccountID
  ) -> KeyPolicyVerdict {
    document.evaluate(query, for: PolicyCaller(principal: principal, roleARN: roleARN, account: account))
  }
}

extension PolicyDocument {
  /// What a policy whose statements name principals says about a caller's request.
  func evaluate<Values>(_ query: PolicyQuery<Values>, for caller: PolicyCaller) -> KeyPolicyVerdict {
    var verdict = KeyPolicyVerdict()
    forEachStatement(about: query.knownAction) { statement in
      guard let principals = statement.principals else { return }
      let naming = PrincipalNaming(principals, caller, under: statement.effect)
      if naming.isGiven, statement.applies(query) { verdict.add(statement, naming) }
    }
    return verdict
  }
}
