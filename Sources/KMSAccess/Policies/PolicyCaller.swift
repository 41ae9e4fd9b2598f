// The caller as statements may name it.

import KMSDomain

/// Whom principals of statements are compared with.
struct PolicyCaller {
  /// Who it is; nil if its ARN is of no known kind, and then only its account can be named.
  let principal: PrincipalARN?
  /// The role, path included, if the caller is a session and its role is known.
  let roleARN: PrincipalARN?
  let account: AccountID

  /// How `named` names the caller; nil when it does not. Roles' sessions carry no path, so without ``roleARN`` a role
  /// with the right name is the right role.
  func match(_ named: PrincipalARN) -> PrincipalMatch? {
    guard let principal else { return nil }
    if let roleARN, case .role = named.kind {
      return named.kind == roleARN.kind && named.account == roleARN.account ? .role : nil
    }
    guard named.names(principal) else { return nil }
    return switch named.kind {
    case .root: .root
    case .user: .user
    case .role: .role
    case .assumedRole, .federatedUser: .session
    }
  }
}
