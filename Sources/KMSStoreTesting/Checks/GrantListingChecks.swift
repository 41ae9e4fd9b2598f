// Grants are listed by key, grantee, name and retiring principal, in order, page by page.

import KMSDomain

extension StoreConformance {
  static let grantListingChecks = [
    Check("the grants on a key are listed in ascending order of id, all or those of a grantee") { store in
      let key = Samples.key(1)
      let others = [Samples.key(2), Samples.key(1, in: Samples.otherRegion)]
      let grants = (0..<30).map { Samples.grant($0, on: key, grantee: $0.isMultiple(of: 3) ? "alice" : "bob") }
      let ofAlice = grants.filter { $0.granteePrincipal == "alice" }
      try await store.insert([key] + others)
      try await store.insert(grants.shuffled())
      try await store.insert(others.map { Samples.grant(1, on: $0, grantee: "alice") })
      try expect(try await list(store), equals: grants, "all")
      try expect(try await list(store, limit: 4), equals: Array(grants.prefix(4)), "the first four")
      try expect(try await list(store, limit: 0), equals: [], "none")
      try expect(try await list(store, of: "alice"), equals: ofAlice, "those of one grantee")
      try expect(
        try await list(store, of: "alice", after: grants[4].id, limit: 2), equals: [grants[6], grants[9]],
        "two of one grantee, after a grant of another")
      for grantee in ["alic", "alice\u{0}", "Alice", "", "%", "carol"] {
        try expect(try await list(store, of: grantee), equals: [], grantee.debugDescription)
      }
      for (grantee, expected) in [(nil, grants), ("alice", ofAlice)] {
        var found: [Grant] = []
        while found.count <= expected.count {
          let page = try await list(store, of: grantee, after: found.last?.id, limit: 7)
          guard !page.isEmpty else { break }
          found += page
        }
        try expect(found == expected, "the pages are not the grants in order")
      }
    },

    Check("grants are found by their name, which need not be one's only") { store in
      let keys = [Samples.key(1), Samples.key(2)]
      let grants = [
        Samples.grant(0, on: keys[0], name: "n", grantee: "alice"),
        Samples.grant(1, on: keys[0], name: "n", grantee: "bob"),
        Samples.grant(2, on: keys[0], name: "N"), Samples.grant(3, on: keys[0], name: ""),
        Samples.grant(4, on: keys[0]), Samples.grant(5, on: keys[0], name: "n\u{0}"),
        Samples.grant(6, on: keys[0], name: "é"), Samples.grant(7, on: keys[0], name: "e\u{301}"),
        Samples.grant(8, on: keys[1], name: "n"),
      ]
      try await store.insert(keys)
      try await store.insert(grants)
      let cases: [(name: String, numbers: Set<Int>)] = [
        ("n", [0, 1]), ("N", [2]), ("", [3]), ("n\u{0}", [5]), ("é", [6]), ("e\u{301}", [7]), ("x", []), ("%", []),
      ]
      for (name, numbers) in cases {
        let found = try await store.read { reader throws(Fault) in
          try reader.grants(named: name, on: keys[0].id, region: keys[0].home.region)
        }
        try expect(Set(found), equals: Set(numbers.map { grants[$0] }), "those named \(name.debugDescription)")
        try expect(found.count, equals: numbers.count, "how many are named \(name.debugDescription)")
      }
    },

    Check("grants that a principal may retire are found in one Region, on whosever keys") { store in
      let keys = [
        Samples.key(1), Samples.key(2), Samples.key(3, in: Samples.otherAccount),
        Samples.key(1, in: Samples.otherRegion),
      ]
      // The same ids on three keys: then the key's id decides.
      let mine = (0..<5).flatMap { number in keys[..<3].map { Samples.grant(number, on: $0, retiring: "alice") } }
      try await store.insert(keys)
      try await store.insert(mine.shuffled())
      let elsewhere = Samples.grant(1, on: keys[3], retiring: "alice")
      try await store.insert([
        elsewhere, Samples.grant(90, on: keys[0], retiring: "bob"), Samples.grant(91, on: keys[0]),
        Samples.grant(92, on: keys[0], grantee: "alice"), Samples.grant(93, on: keys[0], retiring: "alice\u{0}"),
      ])
      let region = Samples.home.region
      try expect(try await retirable(store, by: "alice", in: region), equals: mine, "all of the Region")
      let others = try await retirable(store, by: "alice", in: Samples.otherRegion.region)
      try expect(others, equals: [elsewhere], "all of the other Region")
      for principal in ["", "Alice", "alic", "carol"] {
        try expect(try await retirable(store, by: principal, in: region), equals: [], principal.debugDescription)
      }
      try expect(try await retirable(store, by: "alice", in: region, limit: 0), equals: [], "none")
      // After a grant on a key, and after one that is not there.
      try expect(
        try await retirable(store, by: "alice", in: region, after: (mine[1].id, Samples.id(9)), limit: 2),
        equals: Array(mine[3..<5]), "two after a position that is not there")
      var found: [Grant] = []
      while found.count <= mine.count {
        let position = found.last.map { ($0.id, $0.keyID) }
        let page = try await retirable(store, by: "alice", in: region, after: position, limit: 4)
        guard !page.isEmpty else { break }
        found += page
      }
      try expect(found == mine, "the pages are not the grants in order")
      try await store.write { transaction throws(Fault) in
        try transaction.deleteGrant(mine[0].id, on: mine[0].keyID, region: region)
      }
      try expect(
        try await retirable(store, by: "alice", in: region), equals: Array(mine.dropFirst()), "those after a deletion")
    },
  ]

  private static func list(
    _ store: any Store, of grantee: String? = nil, after id: String? = nil, limit: Int = 100
  ) async throws -> [Grant] {
    try await store.read { reader throws(Fault) in
      try reader.grants(
        on: Samples.id(1), region: Samples.home.region, granteePrincipal: grantee, after: id, limit: limit)
    }
  }

  private static func retirable(
    _ store: any Store, by principal: String, in region: Region, after position: (String, KeyID)? = nil,
    limit: Int = 100
  ) async throws -> [Grant] {
    try await store.read { reader throws(Fault) in
      try reader.grants(
        retirableBy: principal, region: region, after: position.map { (grantID: $0.0, keyID: $0.1) }, limit: limit)
    }
  }
}
