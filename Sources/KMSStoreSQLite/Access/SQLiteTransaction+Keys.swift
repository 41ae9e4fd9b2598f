// Keys.

import struct FoundationEssentials.Date
import GRDB
import KMSDomain

extension SQLiteTransaction {
  func key(_ id: KeyID, region: Region) throws(Fault) -> Key? {
    try perform { try record(id, region: region) }
  }

  func keyIDs(in home: AccountRegion, after id: KeyID?, limit: Int) throws(Fault) -> [KeyID] {
    let arguments: [(any DatabaseValueConvertible)?] = [
      home.account.description, home.region.description, id?.description ?? "", max(limit, 0),
    ]
    return try perform { try fetch(.selectKeyIDs, arguments) { try $0.parsed(0, KeyID.init) } }
  }

  func keyCount(in home: AccountRegion) throws(Fault) -> Int {
    let arguments = [home.account.description, home.region.description]
    return try perform { try fetch(.selectKeyCount, arguments) { try $0.count(0) }.first ?? 0 }
  }

  func insert(_ key: Key) throws(Fault) {
    try perform {
      try execute(.insertKey, try key.arguments)
      try insertMaterials(of: key)
    }
  }

  func update(_ key: Key) throws(Fault) {
    try perform {
      guard try execute(.updateKey, try key.arguments) == 1 else {
        throw MissingRecordError(record: "key \(key.arn)")
      }
      try updateMaterials(of: key)
    }
  }

  func deleteKey(_ id: KeyID, region: Region) throws(Fault) {
    // What is the key's goes with it, by foreign keys.
    try perform { _ = try execute(.deleteKey, [region.description, id.description]) }
  }

  // MARK: Keys that are due

  func keysDueForDeletion(at date: Date, limit: Int) throws(Fault) -> [KeyName] {
    try keys(.selectKeysDueForDeletion, at: date, limit: limit)
  }

  func keysDueForRotation(at date: Date, limit: Int) throws(Fault) -> [KeyName] {
    try keys(.selectKeysDueForRotation, at: date, limit: limit)
  }

  func keysWithExpiredMaterial(at date: Date, limit: Int) throws(Fault) -> [KeyName] {
    try keys(.selectKeysWithExpiredMaterial, at: date, limit: limit)
  }

  private func keys(_ statement: StoreStatement, at date: Date, limit: Int) throws(Fault) -> [KeyName] {
    try perform {
      let arguments: [(any DatabaseValueConvertible)?] = [
        try StoredInstant(notAfter: date).milliseconds, max(limit, 0),
      ]
      return try fetch(statement, arguments) { row in
        KeyName(id: try row.parsed(1, KeyID.init), region: try row.parsed(0, Region.init))
      }
    }
  }

  private func record(_ id: KeyID, region: Region) throws -> Key? {
    try fetch(.selectKey, [region.description, id.description]) { row in
      try Key(row, region: region, id: id, materials: materials(of: id, region: region))
    }.first
  }
}
