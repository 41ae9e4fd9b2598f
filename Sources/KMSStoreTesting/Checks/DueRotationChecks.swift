// Keys whose automatic rotation is due are found, if they rotate at all.

import struct FoundationEssentials.Date
import KMSDomain

extension StoreConformance {
  static let dueRotationChecks = [
    Check("keys due for rotation are found from their date on, the most overdue first, everywhere") { store in
      let keys = [
        Samples.key(1, rotation: at(3000)),
        Samples.key(2, in: Samples.otherAccount, rotation: at(1000)),
        Samples.key(3, in: Samples.otherRegion, rotation: at(2000)),
        Samples.key(4, rotation: at(3001)),
        Samples.key(5),
      ]
      try await store.insert(keys)
      let first = [2, 3, 1].map { Samples.id($0) }
      try expect(try await due(store, at: Samples.date(milliseconds: 999)), equals: [], "before any")
      try expect(try await due(store, at: Samples.date(milliseconds: 1000)), equals: [first[0]], "at the first")
      try expect(try await due(store, at: Samples.date(milliseconds: 3000)), equals: first, "at the third")
      let between = Date(timeIntervalSince1970: 3.0008)
      try expect(try await due(store, at: between), equals: first, "just before the fourth")
      let fourth = Samples.date(milliseconds: 3001)
      try expect(try await due(store, at: fourth), equals: first + [Samples.id(4)], "at the fourth")
      try expect(try await due(store, at: Samples.date, limit: 2), equals: Array(first.prefix(2)), "two of them")
      try expect(try await due(store, at: Samples.date, limit: 0), equals: [], "none of them")
      let records = try await store.read { reader throws(Fault) in
        try reader.keysDueForRotation(at: Samples.date, limit: 1)
      }
      try expect(records, equals: [keys[1].name], "the name")
    },

    Check("only enabled keys rotate, with material of the service's own, outside custom key stores") { store in
      let home = Samples.customKeyStore(1)
      try await store.insert([home])
      var expected: [KeyID] = []
      var keys: [Key] = []
      for state in KeyState.allCases {
        for origin in KeyOrigin.allCases {
          for customKeyStore in [nil, home] {
            let key = Samples.key(
              keys.count, origin: origin, state: state, rotation: at(1000), customKeyStore: customKeyStore)
            if state == .enabled, origin == .awsKMS, customKeyStore == nil { expected.append(key.id) }
            keys.append(key)
          }
        }
      }
      try await store.insert(keys)
      try expect(try await due(store, at: Samples.date), equals: expected, "what is due")
    },

    Check("of related keys the primary is due, until another is") { store in
      let regions = [Samples.home.region, Samples.otherRegion.region]
      var role = MultiRegionRole(primaryRegion: regions[0], replicaRegions: [regions[1]])
      var keys = [Samples.home, Samples.otherRegion].map {
        Samples.key(1, in: $0, multiRegion: role, rotation: at(1000))
      }
      let alone = Samples.key(2, multiRegion: MultiRegionRole(primaryRegion: regions[0]), rotation: at(2000))
      try await store.insert(keys + [alone])
      func dueKeys() async throws -> [KeyName] {
        try await store.read { reader throws(Fault) in try reader.keysDueForRotation(at: Samples.date, limit: 9) }
      }
      try expect(try await dueKeys(), equals: [keys[0].name, alone.name], "what is due")
      role = MultiRegionRole(primaryRegion: regions[1], replicaRegions: [regions[0]])
      for index in keys.indices {
        keys[index].promote(regions[1])
        try expect(keys[index].multiRegion, equals: role, "the role")
        try await update(keys[index], in: store)
      }
      try expect(try await dueKeys(), equals: [keys[1].name, alone.name], "what is due after the promotion")
    },

    Check("a key is due no more when it was rotated, is disabled or has no schedule, and is due again after") { store in
      var key = Samples.key(1, rotation: at(1000))
      try await store.insert([key])
      let changes: [(isDue: Bool, change: (inout Key) -> Void)] = [
        (false, { $0.disable() }), (true, { $0.enable() }),
        (false, { $0.setRotation(RotationSchedule(periodInDays: 90, from: Samples.date)) }),
        (true, { $0.setRotation(at(5)) }), (false, { $0.setRotation(nil) }), (true, { $0.setRotation(at(7)) }),
        (false, { $0.scheduleDeletion(inDays: 7, now: Samples.date) }), (false, { $0.cancelDeletion() }),
        (true, { $0.enable() }),
      ]
      for (number, step) in changes.enumerated() {
        step.change(&key)
        try await update(key, in: store)
        let found = try await due(store, at: Samples.date)
        try expect(found, equals: step.isDue ? [key.id] : [], "what is due after step \(number)")
      }
    },
  ]

  private static func at(_ milliseconds: Int64) -> RotationSchedule {
    RotationSchedule(periodInDays: 90, nextDate: Samples.date(milliseconds: milliseconds))
  }

  private static func due(_ store: any Store, at date: Date, limit: Int = 100) async throws -> [KeyID] {
    try await store.read { reader throws(Fault) in try reader.keysDueForRotation(at: date, limit: limit).map(\.id) }
  }
}
