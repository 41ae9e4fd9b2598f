// RetireGrant: somebody whom the grant itself entitles ends it.

public import KMSAccess
public import KMSDomain
public import KMSModel

/// A grant with the key that it is on.
public struct GrantedKey: Sendable {
  let grant: Grant
  let key: ActiveKey
}

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
  ) async throws(Fault) -> GrantedKey {
    switch try Target(input) {
    case .token(let token):
      let region = caller.home.region
      let named = try context.seals.grantTokens.open(token, in: region)
      let key = try await context.keys.key(named.keyID, region: region)
      return try await granted(named.grantID, on: key, of: named.account, for: caller, in: context) {
        caller.home.keyARN(named.keyID)
      }
    case .id(let id, let keyID):
      let key = try await context.key(identifiedBy: keyID, for: caller, to: name)
      return try await granted(id, on: key, of: key.record.home.account, for: caller, in: context) { key.arn }
    }
  }

  private static func granted(
    _ id: String, on key: ActiveKey?, of owner: AccountID, for caller: Caller, in context: OperationContext,
    keyARN: () -> String
  ) async throws(Fault) -> GrantedKey {
    if let key, let grant = try await context.grant(id, on: key.record.id, region: key.record.home.region) {
      return GrantedKey(grant: grant, key: key)
    }
    // What is on another account's key is nobody else's business.
    guard owner == caller.home.account else { throw .accessDeniedElsewhere(caller: caller.arn, action: name) }
    throw .grantNotFound(id, on: keyARN())
  }

  public static func demands(of input: RetireGrantInput, on granted: GrantedKey) -> [AccessDemand] {
    var attributes = RequestAttributes()
    attributes.setGrantConstraints(granted.grant.constraints)
    return [AccessDemand(name, on: .grant(granted.grant, granted.key.guarded), attributes)]
  }

  public static func perform(
    _ input: RetireGrantInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> RetireGrantOutput {
    let grant = authorized.resource.grant
    try await context.removeGrant(grant.id, on: grant.keyID, in: grant.home, isDryRun: input.dryRun ?? false)
    return RetireGrantOutput()
  }
}
