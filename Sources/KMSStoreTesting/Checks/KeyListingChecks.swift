// Key ids are listed in order, page by page, for one account and Region.

import KMSDomain

extension StoreConformance {
  static let keyListingChecks = [
    Check("key ids are listed in ascending order, of one account and Region") { store in
      let mine = [5, 3, 9, 1, 7].map { Samples.key($0) }
      let multiRegion = Key(
        id: Samples.id(0, multiRegion: true), home: Samples.home, creationDate: Samples.date, spec: .symmetricDefault,
        usage: .encryptDecrypt, origin: .awsKMS, description: "", state: .enabled, policy: "{}")
      let others = [Samples.key(4, in: Samples.otherAccount), Samples.key(6, in: Samples.otherRegion)]
      try await store.insert(mine + others + [multiRegion])
      let expected = [1, 3, 5, 7, 9].map { Samples.id($0) } + [multiRegion.id]
      try expect(try await ids(store, after: nil, limit: 100), equals: expected, "all")
      try expect(try await ids(store, after: nil, limit: 2), equals: Array(expected.prefix(2)), "the first two")
      try expect(try await ids(store, after: Samples.id(3), limit: 2), equals: Array(expected[2..<4]), "two after 3")
      try expect(try await ids(store, after: Samples.id(4), limit: 1), equals: [expected[2]], "after an id not there")
      try expect(try await ids(store, after: multiRegion.id, limit: 5), equals: [], "after the last")
      try expect(try await ids(store, after: nil, limit: 0), equals: [], "none")
      let elsewhere = try await store.read { reader throws(Fault) in
        try reader.keyIDs(in: Samples.otherAccount, after: nil, limit: 100)
      }
      try expect(elsewhere, equals: [Samples.id(4)], "those of the other account")
    },

    Check("10,000 keys are paged through without loss or repetition") { store in
      let count = 10_000
      for first in stride(from: 0, to: count, by: 1000) {
        // Added in an order that is not the ids'.
        try await store.insert((first..<first + 1000).map { Samples.key($0 * 7919 % count) })
      }
      for limit in [1000, 333] {
        var found: [KeyID] = []
        var pages = 0
        while pages <= count {
          let page = try await ids(store, after: found.last, limit: limit)
          guard !page.isEmpty else { break }
          found += page
          pages += 1
        }
        try expect(found == (0..<count).map { Samples.id($0) }, "pages of \(limit) are not the ids in order")
        try expect(pages, equals: (count + limit - 1) / limit, "the number of pages of \(limit)")
      }
    },
  ]

  private static func ids(_ store: any Store, after id: KeyID?, limit: Int) async throws -> [KeyID] {
    try await store.read { reader throws(Fault) in try reader.keyIDs(in: Samples.home, after: id, limit: limit) }
  }
}
