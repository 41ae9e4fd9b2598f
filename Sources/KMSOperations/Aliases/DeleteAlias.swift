// DeleteAlias: the name goes, its key stays.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension DeleteAlias: ServedOperation {
  public static func check(_ input: DeleteAliasInput) throws(Fault) {
    _ = try AliasName.existing(input.aliasName)
  }

  public static func resolve(
    _ input: DeleteAliasInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> AliasAssignment {
    let alias = try AliasName.existing(input.aliasName)
    return AliasAssignment(name: alias, target: try await context.key(.aliasName(alias), for: caller, to: name))
  }

  public static func demands(of input: DeleteAliasInput, on alias: AliasAssignment) -> [AccessDemand] {
    [
      AccessDemand(name, on: .alias(alias.name, alias.target.record.home)),
      AccessDemand(name, on: .key(alias.target.guarded)),
    ]
  }

  public static func perform(
    _ input: DeleteAliasInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DeleteAliasOutput {
    let name = authorized.resource.name
    let target = authorized.resource.target.record
    let home = target.home
    try await context.keys.changeAliases([name], in: home) { transaction throws(Fault) in
      guard let alias = try transaction.alias(name, in: home) else { throw .aliasNotFound(home.aliasARN(name)) }
      // What was authorized was to take it from that key.
      guard alias.targetKeyID == target.id else { throw .aliasChanged(alias.arn) }
      try transaction.deleteAlias(name, in: home)
    }
    return DeleteAliasOutput()
  }
}
