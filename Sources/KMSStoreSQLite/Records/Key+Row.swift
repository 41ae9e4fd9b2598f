// Keys in rows of the table `key`.

import struct FoundationEssentials.Data
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
      description: try row.freeText(11),
      state: try row.parsed(7, KeyState.init),
      deletionDate: try row.decode(Int64?.self, atIndex: 8).map { StoredInstant(milliseconds: $0).date },
      policy: try row.freeText(13),
      tags: try StoredTags(json: row.text(10)).tags(),
      materials: materials,
      currentMaterialID: try row.decode(String?.self, atIndex: 9),
      publicKey: try row.decode(Data?.self, atIndex: 12).map { [UInt8]($0) })
  }

  /// The arguments of `insertKey` and `updateKey`.
  var arguments: [(any DatabaseValueConvertible)?] {
    get throws {
      [
        home.region.description, id.description, home.account.description,
        try StoredInstant(creationDate).milliseconds, spec.rawValue, usage.rawValue, origin.rawValue, state.rawValue,
        try deletionDate.map { try StoredInstant($0).milliseconds }, currentMaterialID, try StoredTags(tags).json,
        bindable(description), publicKey.map { Data($0) }, bindable(policy),
      ]
    }
  }
}
