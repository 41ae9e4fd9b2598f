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
      AccessDemand(name, on: .key(alias.target.record)),
    ]
  }

  public static func perform(
    _ input: DeleteAliasInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DeleteAliasOutput {
    let name = authorized.resource.name
    let home = authorized.resource.target.record.home
    try await context.keys.changeAliases([name], in: home) { transaction throws(Fault) in
      guard try transaction.alias(name, in: home) != nil else { throw .aliasNotFound(home.aliasARN(name)) }
      try transaction.deleteAlias(name, in: home)
    }
    return DeleteAliasOutput()
  }
}
