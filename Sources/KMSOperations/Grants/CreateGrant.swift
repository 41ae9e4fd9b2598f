// CreateGrant: a principal may do some things with a key.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension CreateGrant: KeyOperation {
  public static func check(_ input: CreateGrantInput) throws(Fault) {
    _ = try NewGrant(input)
  }

  public static func resolve(
    _ input: CreateGrantInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey {
    try context.check(input.grantTokens, for: caller)
    return try await context.key(identifiedBy: input.keyID, for: caller, to: name)
  }

  public static func demands(of input: CreateGrantInput, on key: ActiveKey) -> [AccessDemand] {
    var attributes = RequestAttributes()
    attributes[.grantIsForAWSResource] = .bool(false)
    attributes[.grantOperations] = .strings(input.operations.map(\.rawValue))
    attributes[.granteePrincipal] = .string(input.granteePrincipal)
    attributes[.retiringPrincipal] = input.retiringPrincipal.map(ConditionValue.string)
    let new = try? NewGrant(input)
    attributes.setGrantConstraints(new?.constraints)
    return [AccessDemand(name, on: .key(key.guarded), attributes, proposedGrant: new?.proposal)]
  }

  public static func perform(
    _ input: CreateGrantInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> CreateGrantOutput {
    let key = authorized.resource
    let issuingAccount = authorized.caller.home.account
    let new = try NewGrant(input)
    try new.checkPrincipals(context.principalExists)
    let id = GrantID.fresh()
    let now = context.now()
    let quota = context.quotas.grantsPerKey

    /// The grant to add, or the one that the request repeats.
    @Sendable func prepare(_ reader: any StoreReader) throws(Fault) -> (grant: Grant, isNew: Bool) {
      guard let record = try reader.key(key.record.id, region: key.record.home.region) else {
        throw .keyNotFound(key.arn)
      }
      let grant = try new.grant(id, on: record, issuingAccount: issuingAccount, now: now)
      if let name = grant.name {
        let namesakes = try reader.grants(named: name, on: record.id, region: record.home.region)
        if let existing = namesakes.first(where: { $0.isRepeated(by: grant) }) { return (existing, false) }
      }
      guard try reader.grantCount(on: record.id, region: record.home.region) < quota else {
        throw .tooManyGrants(record.arn)
      }
      return (grant, true)
    }

    if input.dryRun == true {
      _ = try await context.keys.store.read { reader throws(Fault) in try prepare(reader).grant }
      throw .dryRun
    }
    let grant = try await context.keys.changeGrants(on: key.record.name) { transaction throws(Fault) in
      let (grant, isNew) = try prepare(transaction)
      if isNew { try transaction.insert(grant) }
      return grant
    }
    return CreateGrantOutput(grantToken: try context.seals.grantTokens.seal(grant), grantID: grant.id)
  }
}
