// Counts that quotas stand on are exact.

import KMSDomain

extension StoreConformance {
  static let keyCountChecks = [
    Check("the keys of an account and Region are counted, in whatever state") { store in
      try expect(try await counts(store), equals: [0, 0, 0], "the counts at first")
      let keys = KeyState.allCases.enumerated().map { Samples.key($0, state: $1) }
      try await store.insert(keys)
      let others = [Samples.key(100, in: Samples.otherAccount), Samples.key(0, in: Samples.otherRegion)]
      try await store.insert(others)
      try expect(try await counts(store), equals: [keys.count, 1, 1], "the counts")
      try await update(keys[0], in: store)
      try expect(try await counts(store), equals: [keys.count, 1, 1], "the counts after a change")
      try await store.write { transaction throws(Fault) in
        for key in keys.dropFirst() { try transaction.deleteKey(key.id, region: key.home.region) }
        // No such keys.
        for key in keys.dropFirst() { try transaction.deleteKey(key.id, region: key.home.region) }
        try transaction.deleteKey(others[0].id, region: Samples.otherRegion.region)
      }
      try expect(try await counts(store), equals: [1, 1, 1], "the counts after deletions")
    },

    Check("what fails or is taken back is not counted, and a transaction counts its own keys") { store in
      try await store.insert([Samples.key(0)])
      try await expectInternalFailure("a second key of the id") { () throws(Fault) in
        try await store.insert([Samples.key(1), Samples.key(0)])
      }
      try await expectInternalFailure("the same in another account") { () throws(Fault) in
        try await store.insert([Samples.key(0, in: Samples.otherAccount)])
      }
      try expect(try await counts(store), equals: [1, 0, 0], "the counts after failures")
      let seen = try await store.write { transaction throws(Fault) in
        var seen: [Int] = []
        for number in 1...3 {
          try transaction.insert(Samples.key(number))
          seen.append(try transaction.keyCount(in: Samples.home))
        }
        try transaction.deleteKey(Samples.id(0), region: Samples.home.region)
        return seen + [try transaction.keyCount(in: Samples.home)]
      }
      try expect(seen, equals: [2, 3, 4, 3], "what the transaction counted")
      try expect(try await counts(store), equals: [3, 0, 0], "the counts after it")
    },

    Check.reopening("counts are there after the store was opened again") { open in
      var store = try await open()
      try await store.insert((0..<5).map { Samples.key($0) })
      try await store.insert((0..<7).map { Samples.grant($0, on: Samples.key(1)) })
      await store.close()
      store = try await open()
      let (keys, grants) = try await store.read { reader throws(Fault) in
        (
          try reader.keyCount(in: Samples.home),
          try reader.grantCount(on: Samples.id(1), region: Samples.home.region)
        )
      }
      await store.close()
      try expect([keys, grants], equals: [5, 7], "the counts")
    },
  ]

  private static func counts(_ store: any Store) async throws -> [Int] {
    try await store.read { reader throws(Fault) in
      [
        try reader.keyCount(in: Samples.home), try reader.keyCount(in: Samples.otherAccount),
        try reader.keyCount(in: Samples.otherRegion),
      ]
    }
  }
}
