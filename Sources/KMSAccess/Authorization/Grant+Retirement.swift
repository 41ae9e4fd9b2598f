// Who may retire a grant.

import KMSDomain

extension Grant {
  /// Whether `caller` may retire the grant. No policy gives this right; the grant itself does.
  ///
  /// The retiring principal may; the grantee, if the grant includes RetireGrant; and whoever belongs to the account
  /// that made the grant. When the grant names an account, everybody in it is meant: what accounts let their own
  /// principals do is not evaluated yet.
  func mayBeRetired(by caller: PrincipalARN?, of account: AccountID) -> Bool {
    if account == issuingAccount { return true }
    if let retiringPrincipal, Self.names(retiringPrincipal, caller, account) { return true }
    return operations.contains(.retireGrant) && Self.names(granteePrincipal, caller, account)
  }

  private static func names(_ principal: String, _ caller: PrincipalARN?, _ account: AccountID) -> Bool {
    guard let principal = PrincipalARN(principal) else { return false }
    if principal.kind == .root { return principal.account == account }
    return caller.map(principal.names) ?? false
  }
}
