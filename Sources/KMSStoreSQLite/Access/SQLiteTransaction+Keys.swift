// Keys and their material.

import struct FoundationEssentials.Data
import struct FoundationEssentials.Date
import GRDB
import KMSDomain

extension SQLiteTransaction {
  func key(_ id: KeyID, region: Region) throws(Fault) -> Key? {
    try perform {
      try fetch(.selectKey, [region.description, id.description]) { row in
        try Key(row, region: region, id: id, materials: materials(of: id, region: region))
      }.first
    }
  }

  func keyIDs(in home: AccountRegion, after id: KeyID?, limit: Int) throws(Fault) -> [KeyID] {
    let arguments: [any DatabaseValueConvertible] = [
      home.account.description, home.region.description, id?.description ?? "", max(limit, 0),
    ]
    return try perform { try fetch(.selectKeyIDs, arguments) { try $0.parsed(0, KeyID.init) } }
  }

  func keysDueForDeletion(at date: Date, limit: Int) throws(Fault) -> [Key] {
    try perform {
      try fetch(.selectKeysDueForDeletion, [StoredInstant(notAfter: date).milliseconds, max(limit, 0)]) { row in
        let region = try row.parsed(0, Region.init)
        let id = try row.parsed(1, KeyID.init)
        return try Key(row, region: region, id: id, materials: materials(of: id, region: region))
      }
    }
  }

  func insert(_ key: Key) throws(Fault) {
    try perform {
      try execute(.insertKey, try key.arguments)
      try insert(key.materials, startingAt: 0, of: key)
    }
  }

  func update(_ key: Key) throws(Fault) {
    try perform {
      guard try execute(.updateKey, try key.arguments) == 1 else {
        throw MissingRecordError(record: "key \(key.arn)")
      }
      // Most changes leave the material alone, and a rotation adds to its end.
      let stored = try materials(of: key.id, region: key.home.region)
      let kept = zip(stored, key.materials).prefix { $0 == $1 }.count
      if kept < stored.count {
        try execute(.deleteMaterials, [key.home.region.description, key.id.description, kept])
      }
      try insert(key.materials.dropFirst(kept), startingAt: kept, of: key)
    }
  }

  func deleteKey(_ id: KeyID, region: Region) throws(Fault) {
    // Its material and aliases go with it, by their foreign keys.
    try perform { _ = try execute(.deleteKey, [region.description, id.description]) }
  }

  private func materials(of id: KeyID, region: Region) throws -> [WrappedKeyMaterial] {
    try fetch(.selectMaterials, [region.description, id.description]) { row in
      WrappedKeyMaterial(id: try row.text(0), wrapped: try row.bytes(2), creationDate: try row.instant(1))
    }
  }

  private func insert(_ materials: some Sequence<WrappedKeyMaterial>, startingAt first: Int, of key: Key) throws {
    for (offset, material) in materials.enumerated() {
      try execute(
        .insertMaterial,
        [
          key.home.region.description, key.id.description, first + offset, material.id,
          try StoredInstant(material.creationDate).milliseconds, Data(material.wrapped),
        ])
    }
  }
}
