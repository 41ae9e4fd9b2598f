// Keys in rows of the table `key`.

import struct FoundationEssentials.Date
import GRDB
import KMSDomain

extension Key {
  /// A key from a row of `selectKey`, whose first two columns, its Region and id, the caller knows.
  init(_ row: Row, region: Region, id: KeyID, materials: [WrappedKeyMaterial]) throws {
    self.init(
      id: id,
      home: AccountRegion(account: try row.parsed(2, AccountID.init), region: region),
      creationDate: try row.instant(3),
      spec: try row.parsed(4, KeySpec.init),
      usage: try row.parsed(5, KeyUsage.init),
      origin: try row.parsed(6, KeyOrigin.init),
      description: try row.freeText(17),
      state: try row.parsed(7, KeyState.init),
      deletionDate: try row.optionalInstant(8),
      pendingDeletionWindowInDays: try row.decode(Int?.self, atIndex: 9),
      policy: try row.freeText(19),
      tags: try StoredTags(json: row.text(16)).tags(),
      materials: materials,
      publicKey: try row.optionalBytes(18),
      rotation: try row.rotation(periodAt: 10, nextDateAt: 11),
      multiRegion: try row.multiRegionRole(primaryAt: 12, replicasAt: 13),
      customKeyStoreID: try row.optionalFreeText(14),
      externalKeyID: try row.optionalFreeText(15))
  }

  /// The arguments of `insertKey` and `updateKey`: the columns of `selectKey`, and when the first material expires.
  var arguments: [(any DatabaseValueConvertible)?] {
    get throws {
      [
        home.region.description, id.description, home.account.description,
        try StoredInstant(creationDate).milliseconds, spec.rawValue, usage.rawValue, origin.rawValue, state.rawValue,
        try deletionDate.map { try StoredInstant($0).milliseconds }, pendingDeletionWindowInDays,
        rotation?.periodInDays, try rotation.map { try StoredInstant($0.nextDate).milliseconds },
        multiRegion?.primaryRegion.description,
        multiRegion?.replicaRegions.map(\.description).joined(separator: ","), bindable(customKeyStoreID),
        bindable(externalKeyID), try StoredTags(tags).json, bindable(description), bindable(publicKey),
        bindable(policy), try expiryDate.map { try StoredInstant($0).milliseconds },
      ]
    }
  }

  /// When the first of the materials that are there expires, whatever it is to the key.
  private var expiryDate: Date? {
    materials.lazy.filter { $0.wrapped != nil }.compactMap(\.validTo).min()
  }
}

extension Row {
  fileprivate func rotation(periodAt period: Int, nextDateAt nextDate: Int) throws -> RotationSchedule? {
    guard let days = try decode(Int?.self, atIndex: period) else { return nil }
    return RotationSchedule(periodInDays: days, nextDate: try instant(nextDate))
  }

  fileprivate func multiRegionRole(primaryAt primary: Int, replicasAt replicas: Int) throws -> MultiRegionRole? {
    guard let primaryRegion = try optionallyParsed(primary, Region.init) else { return nil }
    return MultiRegionRole(primaryRegion: primaryRegion, replicaRegions: try list(replicas, Region.init))
  }
}
