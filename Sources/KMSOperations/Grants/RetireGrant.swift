// RetireGrant: somebody whom the grant itself entitles ends it.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension RetireGrant: ServedOperation {
  /// The two ways to name a grant.
  private enum Target {
    case token(String)
    case id(String, keyID: String)

    init(_ input: RetireGrantInput) throws(Fault) {
      switch (input.grantToken, input.keyID, input.grantID) {
      case (let token?, nil, nil): self = .token(token)
      case (nil, let keyID?, let grantID?): self = .id(try GrantID.check(grantID), keyID: keyID)
      default: throw .ambiguousGrant
      }
    }
  }

  public static func check(_ input: RetireGrantInput) throws(Fault) {
    _ = try Target(input)
  }

  public static func resolve(
    _ input: RetireGrantInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> Grant {
    switch try Target(input) {
    case .token(let token):
      let region = caller.home.region
      let named = try context.seals.grantTokens.open(token, in: region)
      guard let grant = try await context.grant(named.grantID, on: named.keyID, region: region) else {
        throw .grantNotFound(named.grantID, on: caller.home.keyARN(named.keyID))
      }
      return grant
    case .id(let id, let keyID):
      let key = try await context.key(identifiedBy: keyID, for: caller, to: name).record
      if let grant = try await context.grant(id, on: key.id, region: key.home.region) { return grant }
      // What is on another account's key is nobody else's business.
      guard key.home.account == caller.home.account else {
        throw .accessDeniedElsewhere(caller: caller.arn, action: name)
      }
      throw .grantNotFound(id, on: key.arn)
    }
  }

  public static func demands(of input: RetireGrantInput, on grant: Grant) -> [AccessDemand] {
    var attributes = RequestAttributes()
    attributes.setGrantConstraints(grant.constraints)
    return [AccessDemand(name, on: .grant(grant), attributes)]
  }

  public static func perform(
    _ input: RetireGrantInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> RetireGrantOutput {
    let grant = authorized.resource
    try await context.removeGrant(grant.id, on: grant.keyID, in: grant.home, isDryRun: input.dryRun ?? false)
    return RetireGrantOutput()
  }
}
