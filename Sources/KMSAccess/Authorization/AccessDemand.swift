// What an operation needs to be allowed: an action on a resource.

public import KMSDomain

/// One permission that a request needs. A request is allowed when all of its demands are.
public struct AccessDemand: Sendable {
  /// What an action acts on.
  public enum Resource: Sendable {
    /// No resource of its own: the caller's account.
    case account
    /// A KMS key.
    case key(Key)
    /// An alias, by name and home; it need not exist.
    case alias(AliasName, AccountRegion)
    /// A grant, which itself says who may retire it.
    case grant(Grant)
    /// A principal, whose retirable grants are listed.
    case principal(PrincipalARN)
  }

  /// The action without its prefix, such as `GenerateDataKeyPair`.
  public let action: String
  /// What it acts on.
  public let resource: Resource

  /// Pairs the two.
  public init(_ action: String, on resource: Resource) {
    self.action = action
    self.resource = resource
  }
}
