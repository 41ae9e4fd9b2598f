// UpdateAlias: an alias moves to another key of the same class and usage.

public import KMSAccess
public import KMSDomain
public import KMSModel

/// An alias, the key it leaves and the key it moves to.
public struct AliasMove: Sendable {
  let name: AliasName
  let from: ActiveKey
  let to: ActiveKey
}

extension UpdateAlias: ServedOperation {
  public static func check(_ input: UpdateAliasInput) throws(Fault) {
    _ = try AliasName.existing(input.aliasName)
  }

  public static func resolve(
    _ input: UpdateAliasInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> AliasMove {
    let alias = try AliasName.existing(input.aliasName)
    let from = try await context.key(.aliasName(alias), for: caller, to: name)
    let to = try await context.aliasTarget(input.targetKeyID, for: caller, to: name)
    return AliasMove(name: alias, from: from, to: to)
  }

  public static func demands(of input: UpdateAliasInput, on move: AliasMove) -> [AccessDemand] {
    [
      AccessDemand(name, on: .alias(move.name, move.from.record.home)),
      AccessDemand(name, on: .key(move.from.guarded)),
      AccessDemand(name, on: .key(move.to.guarded)),
    ]
  }

  public static func perform(
    _ input: UpdateAliasInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> UpdateAliasOutput {
    let move = authorized.resource
    let home = move.from.record.home
    let now = context.now()
    let limit = context.quotas.aliasesPerKey
    try await context.keys.changeAliases([move.name], in: home) { transaction throws(Fault) in
      guard var alias = try transaction.alias(move.name, in: home) else {
        throw .aliasNotFound(home.aliasARN(move.name))
      }
      // What was authorized was to take it from that key.
      guard alias.targetKeyID == move.from.record.id else { throw .aliasChanged(alias.arn) }
      guard let from = try transaction.key(alias.targetKeyID, region: home.region),
        let to = try transaction.key(move.to.record.id, region: home.region)
      else { throw .keyNotFound(move.to.arn) }
      try StateRule.metadata.check(to)
      guard from.spec.keyClass == to.spec.keyClass, from.usage == to.usage else {
        throw .validation(
          "Alias \(alias.arn) can only be moved to a key of the same type and key usage as its current key.")
      }
      if to.id != from.id, try transaction.aliasCount(of: to.id, in: home) >= limit {
        throw .tooManyAliases(to.arn)
      }
      alias.targetKeyID = to.id
      alias.lastUpdatedDate = now
      try transaction.update(alias)
    }
    return UpdateAliasOutput()
  }
}
