// How a statement names a caller.

/// The way in which a policy that lies on a key or a role names a caller.
public enum PrincipalMatch: Hashable, Sendable {
  /// Everybody is meant, or everybody but some: `*` or NotPrincipal. A session is limited as under ``role``.
  case anyone
  /// The caller is a user, and named.
  case user
  /// The caller is a session or a federated user, and named.
  case session
  /// The caller is a session, and its role is named. Its permissions boundary and session policy limit it.
  case role
  /// The caller is the root of an account that is named.
  case root

  /// Whether the caller itself is named, and so more than its role or everybody. A session that is named so is not
  /// limited by what limits the sessions of its role, and a statement that names it so comes before others.
  var namesCaller: Bool {
    switch self {
    case .user, .session, .root: true
    case .anyone, .role: false
    }
  }

  /// Whether the permissions boundary and the session policy still limit what `identity` is allowed in this way. They
  /// limit every session that is not named itself; a user that a key policy allows they do not.
  func isLimited(_ identity: CallerIdentity) -> Bool {
    guard case .assumedRole = identity.kind else { return false }
    return !namesCaller
  }
}
