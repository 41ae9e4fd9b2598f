// Aliases belong to one account and Region, and stand for a key beside them.

import struct FoundationEssentials.Date
import KMSDomain

extension StoreConformance {
  static let aliasChecks = [
    Check("an alias comes back as it was put, is moved, and deleted") { store in
      let (first, second) = (Samples.key(1), Samples.key(2))
      try await store.insert([first, second])
      var alias = Samples.alias("app", of: first)
      try await store.insert([alias])
      try expect(try await store.stored(alias), equals: alias, "the alias")
      alias.targetKeyID = second.id
      alias.lastUpdatedDate = Samples.date.addingTimeInterval(60)
      let moved = alias
      try await store.write { transaction throws(Fault) in try transaction.update(moved) }
      try expect(try await store.stored(alias), equals: alias, "the alias after its move")
      try expect(try await counts(store, [first, second]), equals: [0, 1], "the counts after its move")
      try await store.write { transaction throws(Fault) in try transaction.deleteAlias(moved.name, in: moved.home) }
      try expect(try await store.stored(alias), equals: nil, "the alias after its deletion")
      try expect(try await counts(store, [first, second]), equals: [0, 0], "the counts after its deletion")
      try expect(try await store.stored(second), equals: second, "its key")
    },

    Check("the same name in another account or Region is another alias") { store in
      let keys = [Samples.key(1), Samples.key(2, in: Samples.otherAccount), Samples.key(3, in: Samples.otherRegion)]
      let aliases = keys.map { Samples.alias("app", of: $0) }
      try await store.insert(keys)
      try await store.insert(aliases)
      for alias in aliases { try expect(try await store.stored(alias), equals: alias, "the alias") }
      try await store.write { transaction throws(Fault) in
        try transaction.deleteAlias(aliases[0].name, in: aliases[0].home)
      }
      try expect(try await store.stored(aliases[0]), equals: nil, "the deleted one")
      for alias in aliases[1...] { try expect(try await store.stored(alias), equals: alias, "the others") }
    },

    Check("names differ by case, and have up to 256 characters") { store in
      let key = Samples.key(1)
      try await store.insert([key])
      let aliases = ["app", "App", "APP", String(repeating: "x", count: 250)].map { Samples.alias($0, of: key) }
      try await store.insert(aliases)
      for alias in aliases { try expect(try await store.stored(alias), equals: alias, "the alias") }
      try expect(try await counts(store, [key]), equals: [4], "the count")
    },

    Check("an alias cannot be added twice, nor changed when it is missing, nor missed when deleted") { store in
      let (first, second) = (Samples.key(1), Samples.key(2))
      let alias = Samples.alias("app", of: first)
      try await store.insert([first, second])
      try await store.insert([alias])
      try await expectInternalFailure("a second alias of the name") { () throws(Fault) in
        try await store.insert([Samples.alias("app", of: second)])
      }
      try expect(try await store.stored(alias), equals: alias, "the first alias")
      let missing = Samples.alias("missing", of: first)
      try await expectInternalFailure("updating a missing alias") { () throws(Fault) in
        try await store.write { transaction throws(Fault) in try transaction.update(missing) }
      }
      try await store.write { transaction throws(Fault) in
        try transaction.deleteAlias(missing.name, in: missing.home)
      }
      try expect(try await store.stored(missing), equals: nil, "the missing alias")
    },

    Check("an alias cannot stand for a key that is not beside it") { store in
      let here = Samples.key(1)
      let others = [Samples.key(2, in: Samples.otherAccount), Samples.key(3, in: Samples.otherRegion), Samples.key(4)]
      try await store.insert([here] + others.dropLast())
      let alias = Samples.alias("app", of: here)
      try await store.insert([alias])
      for other in others {
        let (added, moved) = (pointed(Samples.alias("stray", of: here), at: other), pointed(alias, at: other))
        try await expectInternalFailure("adding it") { () throws(Fault) in try await store.insert([added]) }
        try await expectInternalFailure("moving it") { () throws(Fault) in
          try await store.write { transaction throws(Fault) in try transaction.update(moved) }
        }
        try expect(try await store.stored(added), equals: nil, "the alias not added")
        try expect(try await store.stored(alias), equals: alias, "the alias not moved")
      }
    },
  ]

  private static func pointed(_ alias: Alias, at key: Key) -> Alias {
    var alias = alias
    alias.targetKeyID = key.id
    return alias
  }

  private static func counts(_ store: any Store, _ keys: [Key]) async throws -> [Int] {
    try await store.read { reader throws(Fault) in
      var counts: [Int] = []
      for key in keys { counts.append(try reader.aliasCount(of: key.id, in: key.home)) }
      return counts
    }
  }
}
