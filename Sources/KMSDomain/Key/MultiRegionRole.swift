// What a multi-Region key is to its relatives.

/// The Regions of a set of related multi-Region keys, all of one account. Every key of the set has the same value.
public struct MultiRegionRole: Hashable, Sendable {
  /// The Region of the primary key.
  public var primaryRegion: Region
  /// The Regions of the replicas, in ascending order.
  public var replicaRegions: [Region]

  /// Puts the two together.
  public init(primaryRegion: Region, replicaRegions: [Region] = []) {
    self.primaryRegion = primaryRegion
    self.replicaRegions = replicaRegions
  }

  /// Every Region that has a key of the set, the primary's first.
  public var regions: [Region] { [primaryRegion] + replicaRegions }

  /// Adds a Region to the replicas.
  mutating func add(_ region: Region) {
    guard !regions.contains(region) else { return }
    replicaRegions = (replicaRegions + [region]).sorted { $0.description < $1.description }
  }

  /// Makes the key of a replica's Region the primary, and the primary a replica.
  mutating func promote(_ region: Region) {
    guard region != primaryRegion else { return }
    let former = primaryRegion
    replicaRegions.removeAll { $0 == region }
    primaryRegion = region
    add(former)
  }
}
