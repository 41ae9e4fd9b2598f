// UpdatePrimaryRegion: a replica becomes the primary, and the primary a replica.

public import KMSAccess
public import KMSDomain
public import KMSModel

/// A primary key, and the replica that is to take its place.
public struct PrimaryMove: Sendable {
  let from: ActiveKey
  let to: ActiveKey
}

extension UpdatePrimaryRegion: ServedOperation {
  public static func resolve(
    _ input: UpdatePrimaryRegionInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> PrimaryMove {
    let from = try await context.key(identifiedBy: input.keyID, for: caller, to: name)
    guard from.record.isPrimary else { throw .notPrimary(from.arn) }
    guard let region = Region(input.primaryRegion), region != from.record.home.region else {
      throw .validation("PrimaryRegion must be a Region of one of the key's replicas.")
    }
    guard from.record.multiRegion?.replicaRegions.contains(region) == true,
      let to = try await context.keys.key(from.record.id, region: region)
    else {
      throw .keyNotFound(AccountRegion(account: from.record.home.account, region: region).keyARN(from.record.id))
    }
    return PrimaryMove(from: from, to: to)
  }

  public static func demands(of input: UpdatePrimaryRegionInput, on move: PrimaryMove) -> [AccessDemand] {
    [AccessDemand(name, on: .key(move.from.record)), AccessDemand(name, on: .key(move.to.record))]
  }

  public static func perform(
    _ input: UpdatePrimaryRegionInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> UpdatePrimaryRegionOutput {
    let move = authorized.resource
    let region = move.to.record.home.region
    _ = try await context.keys.updateRelatives(of: move.from) { keys, _ throws(Fault) in
      guard keys[0].isPrimary else { throw .notPrimary(keys[0].arn) }
      guard let replica = keys.first(where: { $0.home.region == region }) else { throw .keyNotFound(move.to.arn) }
      try StateRule.updatePrimary.check(keys[0])
      try StateRule.updatePrimary.check(replica)
      for index in keys.indices { keys[index].promote(region) }
    }
    return UpdatePrimaryRegionOutput()
  }
}
