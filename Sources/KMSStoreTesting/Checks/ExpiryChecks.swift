// Keys with imported material whose time is over are found, while the material is there.

import struct FoundationEssentials.Date
import KMSDomain

extension StoreConformance {
  static let expiryChecks = [
    Check("keys with expired material are found from its end on, each once, the most overdue first") { store in
      let keys = [
        key(1, [(3000, .nonCurrent, true), (9000, .current, true)]),
        key(2, in: Samples.otherAccount, [(1500, .nonCurrent, true), (1000, .current, true), (1, .nonCurrent, false)]),
        key(3, in: Samples.otherRegion, [(nil, .current, true), (2000, .pendingRotation, true)]),
        key(4, [(3001, .current, true)]),
        key(5, [(nil, .current, true)]),
        key(6, [(1, .current, false)]),
        key(7, []),
      ]
      try await store.insert(keys)
      let first = [2, 3, 1].map { Samples.id($0) }
      try expect(try await expired(store, at: Samples.date(milliseconds: 999)), equals: [], "before any")
      try expect(try await expired(store, at: Samples.date(milliseconds: 1000)), equals: [first[0]], "at the first")
      try expect(try await expired(store, at: Samples.date(milliseconds: 3000)), equals: first, "at the third")
      let between = Date(timeIntervalSince1970: 3.0008)
      try expect(try await expired(store, at: between), equals: first, "just before the fourth")
      let all = first + [Samples.id(4)]
      try expect(try await expired(store, at: Samples.date(milliseconds: 3001)), equals: all, "at the fourth")
      try expect(try await expired(store, at: Samples.date, limit: 2), equals: Array(all.prefix(2)), "two of them")
      try expect(try await expired(store, at: Samples.date, limit: 0), equals: [], "none of them")
      let records = try await store.read { reader throws(Fault) in
        try reader.keysWithExpiredMaterial(at: Samples.date, limit: 1)
      }
      try expect(records, equals: [keys[1].name], "the name")
    },

    Check("material expires in every state of its key") { store in
      let keys = KeyState.allCases.enumerated().map { number, state in
        Samples.key(
          number, origin: .external, state: state,
          materials: [Samples.material(0, validTo: Samples.date(milliseconds: 1000))])
      }
      try await store.insert(keys)
      try expect(try await expired(store, at: Samples.date), equals: keys.map(\.id), "those expired")
    },

    Check("material that is gone does not expire again, and does when it was imported again") { store in
      var key = key(1, [(1000, .nonCurrent, true), (2000, .current, true)])
      try await store.insert([key])
      let ids = key.materials.map(\.id)
      let (first, second) = (Samples.date(milliseconds: 1000), Samples.date(milliseconds: 2000))
      for isThere in [false, true, false] {
        key.changeMaterial(ids[0]) { $0.wrapped = isThere ? [1] : nil }
        try await update(key, in: store)
        try expect(try await expired(store, at: first), equals: isThere ? [key.id] : [], "at the end of the first")
        try expect(try await expired(store, at: second), equals: [key.id], "at the end of the second")
      }
      key.changeMaterial(ids[1]) { $0.validTo = nil }
      try await update(key, in: store)
      try expect(try await expired(store, at: Samples.date), equals: [], "those expired when nothing ends")
    },
  ]

  /// A key with imported materials, each with its end in milliseconds, and whether it is there.
  private static func key(
    _ number: Int, in home: AccountRegion = Samples.home,
    _ materials: [(end: Int64?, state: WrappedKeyMaterial.State, isThere: Bool)]
  ) -> Key {
    Samples.key(
      number, in: home, origin: .external,
      materials: materials.enumerated().map { number, material in
        Samples.material(
          number, size: material.isThere ? 60 : nil, state: material.state,
          validTo: material.end.map { Samples.date(milliseconds: $0) })
      })
  }

  private static func expired(_ store: any Store, at date: Date, limit: Int = 100) async throws -> [KeyID] {
    try await store.read { reader throws(Fault) in
      try reader.keysWithExpiredMaterial(at: date, limit: limit).map(\.id)
    }
  }
}
