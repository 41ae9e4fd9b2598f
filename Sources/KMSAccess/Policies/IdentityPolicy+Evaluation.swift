// What identity policies say about requests.

extension IdentityPolicy {
  /// What the policy says about a request of its owner.
  public func evaluate<Values>(_ query: PolicyQuery<Values>) -> IdentityPolicyVerdict {
    var verdict = IdentityPolicyVerdict()
    document.forEachStatement(about: query.knownAction) { statement in
      if statement.applies(query) { verdict.add(statement) }
    }
    return verdict
  }
}
