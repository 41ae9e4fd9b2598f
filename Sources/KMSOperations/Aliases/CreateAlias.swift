// CreateAlias: a name for a key of the caller's account and Region.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension CreateAlias: ServedOperation {
  public static func check(_ input: CreateAliasInput) throws(Fault) {
    _ = try AliasName.forCreation(input.aliasName)
  }

  public static func resolve(
    _ input: CreateAliasInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> AliasAssignment {
    let target = try await context.aliasTarget(input.targetKeyID, for: caller, to: name)
    return AliasAssignment(name: try .forCreation(input.aliasName), target: target)
  }

  public static func demands(of input: CreateAliasInput, on alias: AliasAssignment) -> [AccessDemand] {
    [
      AccessDemand(name, on: .alias(alias.name, alias.target.record.home)),
      AccessDemand(name, on: .key(alias.target.guarded)),
    ]
  }

  public static func perform(
    _ input: CreateAliasInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> CreateAliasOutput {
    let name = authorized.resource.name
    let target = authorized.resource.target
    let home = target.record.home
    let now = context.now()
    let limit = context.quotas.aliasesPerKey
    try await context.keys.changeAliases([name], in: home) { transaction throws(Fault) in
      guard let key = try transaction.key(target.record.id, region: home.region) else {
        throw .keyNotFound(target.arn)
      }
      try StateRule.metadata.check(key)
      guard try transaction.alias(name, in: home) == nil else { throw .aliasExists(home.aliasARN(name)) }
      guard try transaction.aliasCount(of: key.id, in: home) < limit else { throw .tooManyAliases(key.arn) }
      try transaction.insert(
        Alias(name: name, home: home, targetKeyID: key.id, creationDate: now, lastUpdatedDate: now))
    }
    return CreateAliasOutput()
  }
}
