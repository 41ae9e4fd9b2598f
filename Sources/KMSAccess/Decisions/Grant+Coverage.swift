// What a grant allows beyond the use of its key: further grants, and its own end.

import KMSDomain

extension Grant {
  /// Whether a grant that allows CreateGrant allows this one: no more operations, and constraints at least as strict.
  func mayHaveChild(_ child: AccessDemand.ProposedGrant) -> Bool {
    guard child.operations.allSatisfy(operations.contains) else { return false }
    guard let constraints else { return true }
    guard let childConstraints = child.constraints else { return false }
    if let equals = constraints.encryptionContextEquals {
      guard let childEquals = childConstraints.encryptionContextEquals,
        ContextPairs(childEquals) == ContextPairs(equals)
      else {
        return false
      }
    }
    if let subset = constraints.encryptionContextSubset {
      // Either of the child's constraints may hold what the parent's asks for: a request must meet both.
      let childPairs = [childConstraints.encryptionContextEquals, childConstraints.encryptionContextSubset]
      guard
        childPairs.contains(where: { pairs in pairs.map { ContextPairs($0).contains(ContextPairs(subset)) } ?? false })
      else {
        return false
      }
    }
    return true
  }

  /// How the caller comes to have the right to retire the grant; nil when it has not. No policy gives this right.
  ///
  /// The retiring principal has it; the grantee, if the grant includes RetireGrant; and the account that made the
  /// grant, which lets its own principals by identity policy.
  func retirementRight(of identity: CallerIdentity) -> CallerIdentity.Naming? {
    var rights = [retiringPrincipal.flatMap(identity.naming)]
    if operations.contains(.retireGrant) { rights.append(identity.naming(in: granteePrincipal)) }
    if issuingAccount == identity.account { rights.append(.account) }
    // Who is named itself, or by its role, needs nothing from its account.
    let all = rights.compactMap(\.self)
    return all.first { $0 != .account } ?? all.first
  }
}

extension GrantConstraints {
  /// Whether a request with this encryption context meets the constraints; both, if there are both.
  func holds(for context: ContextPairs) -> Bool {
    if let encryptionContextEquals, ContextPairs(encryptionContextEquals) != context { return false }
    if let encryptionContextSubset, !context.contains(ContextPairs(encryptionContextSubset)) { return false }
    return true
  }
}
