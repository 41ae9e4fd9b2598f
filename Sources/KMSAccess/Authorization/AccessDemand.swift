// What an operation needs to be allowed: an action on a resource.

public import KMSDomain

/// One permission that a request needs. A request is allowed when all of its demands are.
public struct AccessDemand: Sendable {
  /// What an action acts on.
  public enum Resource: Sendable {
    /// No resource of its own: the caller's account decides.
    case account
    /// A KMS key.
    case key(GuardedKey)
    /// An alias, by name and home; it need not exist.
    case alias(AliasName, AccountRegion)
    /// A grant, which itself says who may retire it, and the key that it is on.
    case grant(Grant, GuardedKey)
    /// A principal, whose retirable grants are listed.
    case principal(PrincipalARN)
    /// Something that could not be found. It is denied with this fault when its turn comes, and not before: which of
    /// two resources fails first must not tell whether the other exists.
    case missing(Fault)

    /// The account that owns it; what has no owner of its own is taken for the caller's.
    public func owner(for caller: AccountID) -> AccountID {
      switch self {
      case .account, .missing: caller
      case .key(let key), .grant(_, let key): key.record.home.account
      case .alias(_, let home): home.account
      case .principal(let principal): principal.account
      }
    }
  }

  /// The action without its prefix, such as `GenerateDataKeyPair`.
  public let action: String
  /// What it acts on.
  public let resource: Resource
  /// What the request is like, for conditions and constraints.
  public internal(set) var attributes: RequestAttributes
  /// The grant that the request would make; a parent grant must cover it.
  public let proposedGrant: ProposedGrant?
  /// What the caller is told when the resource is another account's and may not be used, in place of the usual text:
  /// the same as if it did not exist. Nil when the request named it by ARN.
  public let faultElsewhere: Fault?

  /// What a grant that is to be made would allow.
  public struct ProposedGrant: Sendable {
    /// The operations.
    public let operations: [GrantOperation]
    /// The constraints.
    public let constraints: GrantConstraints?

    /// Pairs the two.
    public init(operations: [GrantOperation], constraints: GrantConstraints?) {
      self.operations = operations
      self.constraints = constraints
    }
  }

  /// Puts a demand together.
  public init(
    _ action: String, on resource: Resource, _ attributes: RequestAttributes = RequestAttributes(),
    proposedGrant: ProposedGrant? = nil, faultElsewhere: Fault? = nil
  ) {
    self.faultElsewhere = faultElsewhere
    self.action = action
    self.resource = resource
    self.attributes = attributes
    self.proposedGrant = proposedGrant
  }
}
