// Decides whether a caller may do what it asks.

public import KMSDomain

/// The decision of this release: a principal may do everything in its own account, and nothing elsewhere but retire
/// the grants that say so.
///
/// Key policies and grants are recorded but not evaluated yet; `docs/security.md` says what that means.
public struct Authorizer: Sendable {
  /// Makes an authorizer.
  public init() {}

  /// Decides on all demands of the request; any that is not allowed refuses it.
  public func authorize<Operation: AuthorizableOperation>(
    _ operation: Operation.Type, _ caller: Caller, _ input: Operation.Input, on resource: Operation.Resource
  ) throws(Fault) -> Authorized<Operation> {
    for demand in operation.demands(of: input, on: resource) {
      try check(demand, caller)
    }
    return Authorized(caller: caller, resource: resource)
  }

  private func check(_ demand: AccessDemand, _ caller: Caller) throws(Fault) {
    let owner: AccountID
    switch demand.resource {
    case .account: return
    case .key(let key): owner = key.home.account
    case .alias(_, let home): owner = home.account
    case .principal(let principal): owner = principal.account
    case .grant(let grant):
      return try check(grant, caller, action: demand.action)
    }
    guard owner == caller.home.account else {
      throw .accessDeniedElsewhere(caller: caller.arn, action: demand.action)
    }
  }

  private func check(_ grant: Grant, _ caller: Caller, action: String) throws(Fault) {
    let account = caller.home.account
    guard !grant.mayBeRetired(by: PrincipalARN(caller.arn), of: account) else { return }
    guard grant.home.account == account else { throw .accessDeniedElsewhere(caller: caller.arn, action: action) }
    throw .accessDenied(caller: caller.arn, action: action, resource: grant.home.keyARN(grant.keyID))
  }
}
