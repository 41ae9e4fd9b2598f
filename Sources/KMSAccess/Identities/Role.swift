// A role, ready to be assumed.

public import KMSDomain

/// A role of a hosted account with its documents parsed.
public struct Role: Sendable {
  /// The role's record: its name, unique id, tags and how long its sessions may last.
  public let record: Principal
  /// The role's ARN, path included.
  public let arn: PrincipalARN
  /// What sessions of the role may do.
  public let policies: [CallerIdentity.NamedPolicy]
  /// What they may do at most.
  public let permissionsBoundary: IdentityPolicy?
  /// Who may begin a session.
  public let trustPolicy: TrustPolicy
}
