// UpdatePrimaryRegion: a replica becomes the primary, and the primary a replica.

public import KMSAccess
public import KMSDomain
public import KMSModel

/// A primary key, and the replica that is to take its place, if there is one.
public struct PrimaryMove: Sendable {
  let from: ActiveKey
  let to: ActiveKey?
}

extension UpdatePrimaryRegion: ServedOperation {
  public static func resolve(
    _ input: UpdatePrimaryRegionInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> PrimaryMove {
    let from = try await context.key(identifiedBy: input.keyID, for: caller, to: name)
    guard let region = Region(input.primaryRegion), region != from.record.home.region,
      from.record.multiRegion?.regions.contains(region) == true
    else { return PrimaryMove(from: from, to: nil) }
    return PrimaryMove(from: from, to: try await context.keys.key(from.record.id, region: region))
  }

  public static func demands(of input: UpdatePrimaryRegionInput, on move: PrimaryMove) -> [AccessDemand] {
    [move.from, move.to].compactMap(\.self).map { AccessDemand(name, on: .key($0.guarded), attributes(of: input)) }
  }

  public static func attributes(of input: UpdatePrimaryRegionInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.primaryRegion] = .string(input.primaryRegion)
    return attributes
  }

  public static func perform(
    _ input: UpdatePrimaryRegionInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> UpdatePrimaryRegionOutput {
    let move = authorized.resource
    guard move.from.record.isPrimary else { throw .notPrimary(move.from.arn) }
    guard let region = Region(input.primaryRegion), region != move.from.record.home.region else {
      throw .validation("PrimaryRegion must be a Region of one of the key's replicas.")
    }
    let replicaARN = AccountRegion(account: move.from.record.home.account, region: region).keyARN(move.from.record.id)
    guard move.to != nil else { throw .keyNotFound(replicaARN) }
    try await context.keys.updateRelatives(of: move.from) { keys, _ throws(Fault) in
      guard keys[0].isPrimary else { throw .notPrimary(keys[0].arn) }
      guard let replica = keys.first(where: { $0.home.region == region }) else { throw .keyNotFound(replicaARN) }
      try StateRule.updatePrimary.check(keys[0])
      try StateRule.updatePrimary.check(replica)
      for index in keys.indices { keys[index].promote(region) }
    }
    return UpdatePrimaryRegionOutput()
  }
}
