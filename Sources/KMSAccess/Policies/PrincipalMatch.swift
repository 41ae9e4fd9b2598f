// How a statement names a caller.

/// The way in which a policy that lies on a key or a role names a caller.
public enum PrincipalMatch: Hashable, Sendable {
  /// Everybody is meant, or everybody but some: `*` or NotPrincipal.
  case anyone
  /// The caller is a user, and named.
  case user
  /// The caller is a session or a federated user, and named.
  case session
  /// The caller is a session, and its role is named. Its permissions boundary and session policy limit it.
  case role
  /// The caller is the root of an account that is named.
  case root

  /// Whether nothing but a Deny limits what is allowed in this way: a statement that names the caller so comes before
  /// one that names its role. IAM's guide says so of `*`, too (Principal element, IAM role principals).
  var isUnlimited: Bool { self != .role }
}
