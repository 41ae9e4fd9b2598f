// Aliases are listed in order of their names' bytes, page by page, all or those of one key.

import KMSDomain

extension StoreConformance {
  static let aliasListingChecks = [
    Check("aliases are listed in ascending order of name, all or those of a key") { store in
      let (first, second, stranger) = (Samples.key(1), Samples.key(2), Samples.key(3, in: Samples.otherAccount))
      // In the order of ASCII.
      let names = ["-", "/", "0", "A", "Z", "_", "a", "a/b", "aa", "z"]
      let aliases = names.enumerated().map { number, name in
        Samples.alias(name, of: number.isMultiple(of: 2) ? first : second)
      }
      let ofFirst = aliases.filter { $0.targetKeyID == first.id }
      try await store.insert([first, second, stranger])
      try await store.insert(aliases.reversed() + [Samples.alias("b", of: stranger)])
      try expect(try await list(store), equals: aliases, "all")
      try expect(try await list(store, of: first.id), equals: ofFirst, "those of the first key")
      try expect(try await list(store, limit: 3), equals: Array(aliases.prefix(3)), "the first three")
      try expect(
        try await list(store, after: Samples.name("Z"), limit: 2), equals: Array(aliases[5..<7]), "two after Z")
      try expect(
        try await list(store, of: first.id, after: Samples.name("B"), limit: 2),
        equals: Array(ofFirst.filter { $0.name > Samples.name("B") }.prefix(2)), "two of the key after one not there")
      try expect(try await list(store, after: Samples.name("z")), equals: [], "after the last")
      try expect(try await list(store, of: Samples.id(9)), equals: [], "those of a key that does not exist")
      try expect(try await list(store, of: stranger.id), equals: [], "those of a key of another account")
      try expect(try await list(store, limit: 0), equals: [], "none")
    },

    Check("many aliases are paged through without loss or repetition") { store in
      let (busy, quiet) = (Samples.key(1), Samples.key(2))
      let aliases = (0..<500).map { Samples.alias("n\(10_000 + $0)", of: $0.isMultiple(of: 5) ? quiet : busy) }
      try await store.insert([busy, quiet])
      try await store.insert(aliases.shuffled())
      for (key, expected) in [(nil, aliases), (quiet.id, aliases.filter { $0.targetKeyID == quiet.id })] {
        var found: [Alias] = []
        while found.count <= expected.count {
          let page = try await list(store, of: key, after: found.last?.name, limit: 37)
          guard !page.isEmpty else { break }
          found += page
        }
        try expect(found == expected, "the pages are not the aliases in order")
      }
    },
  ]

  private static func list(
    _ store: any Store, of keyID: KeyID? = nil, after name: AliasName? = nil, limit: Int = 100
  ) async throws -> [Alias] {
    try await store.read { reader throws(Fault) in
      try reader.aliases(in: Samples.home, of: keyID, after: name, limit: limit)
    }
  }
}
