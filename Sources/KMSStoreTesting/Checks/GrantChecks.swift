// Grants belong to one key, and come back as they were made.

import struct FoundationEssentials.Date
import KMSDomain

extension StoreConformance {
  static let grantChecks = [
    Check("a grant comes back as it was made, and is deleted") { store in
      let key = Samples.key(1)
      let context = ["a": "b", "": "", "c": "d"]
      let grants = [
        Samples.grant(0, on: key),
        Samples.grant(1, on: key, operations: []),
        Samples.grant(2, on: key, name: "n", retiring: "arn:aws:iam::444455556666:root"),
        Samples.grant(3, on: key, operations: GrantOperation.allCases.reversed()),
        Samples.grant(4, on: key, operations: [.sign, .verify, .sign]),
        Samples.grant(5, on: key, constraints: constraints(equals: context, subset: nil)),
        Samples.grant(6, on: key, constraints: constraints(equals: nil, subset: context)),
        Samples.grant(7, on: key, constraints: constraints(equals: context, subset: ["a": "c"])),
        Samples.grant(8, on: key, constraints: constraints(equals: nil, subset: nil)),
        Samples.grant(9, on: key, constraints: constraints(equals: [:], subset: [:])),
      ]
      try await store.insert([key])
      try await store.insert(grants)
      for grant in grants { try expect(try await store.stored(grant), equals: grant, "the grant") }
      for (number, grant) in grants.enumerated() {
        try await store.write { transaction throws(Fault) in
          try transaction.deleteGrant(grant.id, on: key.id, region: key.home.region)
        }
        for (other, kept) in grants.enumerated() {
          try expect(try await store.stored(kept), equals: other <= number ? nil : kept, "grant \(other)")
        }
      }
      try expect(try await store.stored(key), equals: key, "the key")
    },

    Check("text in a grant comes back scalar by scalar") { store in
      let key = Samples.key(1)
      try await store.insert([key])
      for (number, text) in Samples.texts.enumerated() {
        let grant = Samples.grant(
          number, on: key, name: text, grantee: "g" + text, retiring: "r" + text,
          constraints: constraints(equals: [text: text], subset: ["s" + text: text, "other": text]))
        try await store.insert([grant])
        let found = try await store.stored(grant)
        try expect(found, equals: grant, "the grant")
        try expect(found?.name.map { Array($0.utf8) }, equals: Array(text.utf8), "name")
        try expect(found.map { Array($0.granteePrincipal.utf8) }, equals: Array("g\(text)".utf8), "grantee")
        try expect(found?.retiringPrincipal.map { Array($0.utf8) }, equals: Array("r\(text)".utf8), "retiring")
        let (put, got) = (grant.constraints, found?.constraints)
        try expect(
          bytes(got?.encryptionContextEquals), equals: bytes(put?.encryptionContextEquals), "the equal pairs")
        try expect(
          bytes(got?.encryptionContextSubset), equals: bytes(put?.encryptionContextSubset), "the pairs contained")
      }
    },

    Check("a grant of the largest size comes back as it was made") { store in
      let key = Samples.key(1)
      let pairs = Dictionary(
        uniqueKeysWithValues: (0..<8).map { ("\($0)" + String(repeating: "語", count: 2000), "🔑") })
      let long = String(repeating: "x", count: 256)
      let grant = Samples.grant(
        1, on: key, name: long, grantee: long, retiring: long, operations: GrantOperation.allCases,
        constraints: constraints(equals: pairs, subset: pairs))
      try await store.insert([key])
      try await store.insert([grant])
      try expect(try await store.stored(grant), equals: grant, "the grant")
    },

    Check("a grant is found by no other id, key or Region") { store in
      let keys = [Samples.key(1), Samples.key(2), Samples.key(1, in: Samples.otherRegion)]
      let grants = keys.map { Samples.grant(1, on: $0, name: "of \($0.arn)") }
      try await store.insert(keys)
      try await store.insert(grants)
      for grant in grants { try expect(try await store.stored(grant), equals: grant, "the grant") }
      let id = grants[0].id
      for text in ["", id + "\u{0}", String(id.dropLast()), id + "0", id.uppercased() + "%", "%", "'"] {
        let found = try await store.read { reader throws(Fault) in
          try reader.grant(text, on: keys[0].id, region: keys[0].home.region)
        }
        try expect(found, equals: nil, text.debugDescription)
        try await store.write { transaction throws(Fault) in
          try transaction.deleteGrant(text, on: keys[0].id, region: keys[0].home.region)
        }
      }
      try await store.write { transaction throws(Fault) in
        try transaction.deleteGrant(id, on: Samples.id(3), region: Samples.home.region)
        try transaction.deleteGrant(id, on: keys[0].id, region: keys[0].home.region)
      }
      for (number, grant) in grants.enumerated() {
        try expect(try await store.stored(grant), equals: number == 0 ? nil : grant, "grant \(number)")
      }
    },

    Check("a grant cannot be added twice, nor without its key") { store in
      let key = Samples.key(1)
      let grant = Samples.grant(1, on: key)
      try await store.insert([key])
      try await store.insert([grant])
      let refused = [
        ("a second grant of the id", Samples.grant(1, on: key, name: "another")),
        ("a grant on no key", Samples.grant(2, on: Samples.key(2))),
        ("a grant on a key of another Region", Samples.grant(2, on: Samples.key(1, in: Samples.otherRegion))),
        ("a grant on a key of another account", Samples.grant(2, on: Samples.key(1, in: Samples.otherAccount))),
      ]
      for (what, grant) in refused {
        try await expectInternalFailure(what) { () throws(Fault) in try await store.insert([grant]) }
      }
      try expect(try await store.stored(grant), equals: grant, "the first grant")
      let count = try await store.read { reader throws(Fault) in
        try reader.grantCount(on: key.id, region: key.home.region)
      }
      try expect(count, equals: 1, "the count")
    },

    Check("the grants on a key are counted") { store in
      let keys = [Samples.key(1), Samples.key(2), Samples.key(1, in: Samples.otherRegion)]
      try await store.insert(keys)
      func counts() async throws -> [Int] {
        try await store.read { reader throws(Fault) in
          var counts: [Int] = []
          for key in keys { counts.append(try reader.grantCount(on: key.id, region: key.home.region)) }
          return counts
        }
      }
      try expect(try await counts(), equals: [0, 0, 0], "the counts at first")
      for (number, key) in keys.enumerated() {
        try await store.insert((0..<10 * (number + 1)).map { Samples.grant($0, on: key) })
      }
      try expect(try await counts(), equals: [10, 20, 30], "the counts")
      try await store.write { transaction throws(Fault) in
        for number in 5..<15 {
          try transaction.deleteGrant(
            Samples.grant(number, on: keys[0]).id, on: keys[0].id, region: Samples.home.region)
        }
      }
      try expect(try await counts(), equals: [5, 20, 30], "the counts after deletions, some of grants not there")
      try await update(Samples.key(2, state: .disabled), in: store)
      try expect(try await counts(), equals: [5, 20, 30], "the counts after a change of a key")
      try await store.write { transaction throws(Fault) in
        try transaction.deleteKey(keys[1].id, region: keys[1].home.region)
        try transaction.insert(keys[1])
        try transaction.insert(Samples.grant(1, on: keys[1]))
      }
      try expect(try await counts(), equals: [5, 1, 30], "the counts after a key was made anew")
    },
  ]

  private static func constraints(equals: [String: String]?, subset: [String: String]?) -> GrantConstraints {
    GrantConstraints(encryptionContextEquals: equals, encryptionContextSubset: subset)
  }

  /// The pairs as bytes: two texts that Swift takes for equal differ.
  private static func bytes(_ pairs: [String: String]?) -> Set<[[UInt8]]>? {
    pairs.map { Set($0.map { [Array($0.key.utf8), Array($0.value.utf8)] }) }
  }
}
