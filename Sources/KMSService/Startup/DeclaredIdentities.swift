// Who an operator declares in a file.

public import KMSAccess
public import KMSDomain

/// Principals and access keys that are declared at the start and live in memory only.
public struct DeclaredIdentities: Sendable {
  /// The accounts, those without principals too.
  public var accounts: Set<AccountID> = []
  /// The users and roles.
  public var principals: [Principal] = []
  /// The users' access keys.
  public var accessKeys: [OpenedAccessKey] = []
  /// The OpenID Connect providers that accounts trust.
  public var identityProviders: [DeclaredIdentityProvider] = []

  /// Nobody.
  public init() {}
}
