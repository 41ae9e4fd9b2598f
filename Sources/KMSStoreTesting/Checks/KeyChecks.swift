// Keys come back as they were put, and nobody else's in their place.

import struct FoundationEssentials.Date
import KMSDomain

extension StoreConformance {
  static let keyChecks = [
    Check("a key of every spec, usage, origin and state comes back as it was put") { store in
      let keys = everyKindOfKey()
      try await store.insert(keys)
      for key in keys { try expect(try await store.stored(key), equals: key, "the key") }
    },

    Check("a key without its optional parts comes back without them") { store in
      let key = Key(
        id: Samples.id(1, multiRegion: true), home: Samples.home, creationDate: Samples.date, spec: .symmetricDefault,
        usage: .encryptDecrypt, origin: .external, description: "", state: .pendingImport, policy: "")
      try await store.insert([key])
      try expect(try await store.stored(key), equals: key, "the key")
    },

    Check("a key with its optional parts comes back with them") { store in
      let home = Samples.customKeyStore(1)
      let regions = [Samples.otherRegion.region, Samples.thirdRegion.region]
      try await store.insert([home])
      let keys = [
        Samples.key(
          1,
          multiRegion: MultiRegionRole(primaryRegion: Samples.home.region, replicaRegions: regions),
          rotation: RotationSchedule(periodInDays: 90, nextDate: Samples.date)),
        Samples.key(2, multiRegion: MultiRegionRole(primaryRegion: Samples.home.region)),
        Samples.key(
          3,
          multiRegion: MultiRegionRole(primaryRegion: regions[0], replicaRegions: [Samples.home.region]),
          state: .updating),
        Samples.key(4, origin: .externalKeyStore, materials: [], customKeyStore: home, externalKeyID: "a key"),
        Samples.key(5, origin: .externalKeyStore, materials: [], customKeyStore: home),
        Key(
          id: Samples.id(6), home: Samples.home, creationDate: Samples.date, spec: .rsa2048, usage: .signVerify,
          origin: .external, description: "", state: .pendingReplicaDeletion, pendingDeletionWindowInDays: 7,
          policy: "", publicKey: []),
      ]
      try await store.insert(keys)
      for key in keys { try expect(try await store.stored(key), equals: key, "the key") }
    },

    Check("text comes back scalar by scalar") { store in
      for (number, text) in Samples.texts.enumerated() {
        var key = Samples.key(number)
        key.description = text
        key.policy = text
        key.tags = [Tag(key: "k" + text, value: text)]
        try await store.insert([key])
        let found = try await store.stored(key)
        for (what, found) in [("description", found?.description), ("policy", found?.policy)] {
          try expect(found.map { Array($0.utf8) }, equals: Array(text.utf8), what)
        }
        try expect(found?.tags.first.map { Array($0.key.utf8) }, equals: Array("k\(text)".utf8), "tag key")
        try expect(found?.tags.first.map { Array($0.value.utf8) }, equals: Array(text.utf8), "tag value")
      }
    },

    Check("a key of the largest size comes back as it was put") { store in
      var key = Samples.key(1)
      key.description = String(repeating: "語", count: 8192)
      key.policy = String(repeating: "p", count: 32 * 1024)
      key.tags = (0..<50).reversed().map { number in
        Tag(key: "\(number)" + String(repeating: "ß", count: 126), value: String(repeating: "🔑", count: 256))
      }
      key.publicKey = Samples.bytes(2600, seed: 1)
      try await store.insert([key])
      try expect(try await store.stored(key), equals: key, "the key")
    },

    Check("instants are kept to the millisecond") { store in
      var generator = SystemRandomNumberGenerator()
      let instants =
        [0, -1, 0.0004, 0.0006, 253_402_300_799.999]
        + (0..<200).map { _ in Double.random(in: 0...4_102_444_800, using: &generator) }
      for (number, seconds) in instants.enumerated() {
        let date = Date(timeIntervalSince1970: seconds)
        let key = Samples.key(number, state: .pendingDeletion, deletion: date)
        try await store.insert([key])
        let nearest = Samples.date(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
        try expect(try await store.stored(key)?.deletionDate, equals: nearest, "\(seconds) s")
      }
    },

    Check("an id is unique in its Region, and found there whichever account asks") { store in
      let here = Samples.key(1)
      let there = Samples.key(1, in: Samples.otherRegion)
      try await store.insert([here, there])
      try expect(try await store.stored(here), equals: here, "the key here")
      try expect(try await store.stored(there), equals: there, "the key of the same id in the other Region")
      try await expectInternalFailure("the same id in another account") { () throws(Fault) in
        try await store.insert([Samples.key(1, in: Samples.otherAccount)])
      }
      try expect(try await store.stored(here), equals: here, "the key after that")
    },

    Check("a key that does not exist is not found, not changed, and not missed when deleted") { store in
      let key = Samples.key(1)
      let missing = Samples.key(2)
      try await store.insert([key])
      try expect(try await store.stored(missing), equals: nil, "a missing key")
      try await expectInternalFailure("updating it") { () throws(Fault) in
        try await store.write { transaction throws(Fault) in try transaction.update(missing) }
      }
      try await expectInternalFailure("updating a key under another account") { () throws(Fault) in
        try await store.write { transaction throws(Fault) in
          try transaction.update(Samples.key(1, in: Samples.otherAccount))
        }
      }
      try await store.write { transaction throws(Fault) in
        try transaction.deleteKey(missing.id, region: missing.home.region)
        try transaction.deleteKey(key.id, region: Samples.otherRegion.region)
      }
      try expect(try await store.stored(missing), equals: nil, "a missing key")
      try expect(try await store.stored(key), equals: key, "the other key")
    },

    Check("an update replaces what can change, of that key only") { store in
      var key = Samples.key(1)
      let neighbours = [Samples.key(0), Samples.key(2), Samples.key(1, in: Samples.otherRegion)]
      try await store.insert([key] + neighbours)
      key.description = "another"
      key.policy = "{}"
      key.tags = []
      key.publicKey = [1, 2, 3]
      key.setRotation(RotationSchedule(periodInDays: 365, from: Samples.date))
      key.scheduleDeletion(inDays: 7, now: Samples.date)
      try await update(key, in: store)
      key.setRotation(nil)
      key.tags = [Tag(key: "b", value: ""), Tag(key: "a", value: "x")]
      key.publicKey = nil
      key.cancelDeletion()
      key.enable()
      try await update(key, in: store)
      for neighbour in neighbours { try expect(try await store.stored(neighbour), equals: neighbour, "a neighbour") }
    },
  ]

  /// Updates the key and requires it to be stored so.
  static func update(_ key: Key, in store: any Store) async throws {
    try await store.write { transaction throws(Fault) in try transaction.update(key) }
    try expect(try await store.stored(key), equals: key, "the key after an update")
  }

  private static func everyKindOfKey() -> [Key] {
    var keys: [Key] = []
    for spec in KeySpec.allCases {
      for usage in spec.allowedUsages {
        for origin in KeyOrigin.allCases {
          for state in KeyState.allCases {
            let isDoomed = state == .pendingDeletion
            keys.append(
              Key(
                id: Samples.id(keys.count, multiRegion: keys.count.isMultiple(of: 2)), home: Samples.home,
                creationDate: Samples.date, spec: spec, usage: usage, origin: origin, description: "d", state: state,
                deletionDate: isDoomed ? Samples.date.addingTimeInterval(86_400) : nil, policy: "{}",
                materials: [Samples.material(keys.count)],
                publicKey: spec.keyClass == .asymmetric ? Samples.bytes(294, seed: keys.count) : nil))
          }
        }
      }
    }
    return keys
  }
}
