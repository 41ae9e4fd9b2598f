// Access keys are found by exactly their id, and listed by their principals.

import struct FoundationEssentials.Date
import KMSDomain

extension StoreConformance {
  static let accessKeyChecks = [
    Check("an access key comes back as it was put last") { store in
      let accessKeys = [
        Samples.accessKey("AKIAIOSFODNN7EXAMPLE"),
        Samples.accessKey("AKIAIOSFODNN7EXAMPLE", principal: "arn:aws:iam::111122223333:user/é/\u{0}"),
        AccessKey(
          id: "AKIAIOSFODNN7EXAMPLE", account: Samples.otherAccount.account, principalARN: "p", wrappedSecret: [],
          creationDate: Samples.date.addingTimeInterval(1)),
        AccessKey(
          id: "AKIAIOSFODNN7EXAMPLE", account: Samples.otherAccount.account, principalARN: "p", wrappedSecret: [1],
          isActive: false, creationDate: Samples.date),
        Samples.accessKey("AKIAIOSFODNN7EXAMPLE"),
      ]
      for accessKey in accessKeys {
        try await store.write { transaction throws(Fault) in try transaction.put(accessKey) }
        try expect(try await find(accessKey.id, store), equals: accessKey, "the access key")
      }
    },

    Check("an access key is found by no other id") { store in
      let ids = ["AKIAIOSFODNN7EXAMPLE", "AKIA", "akia", "AKIA\u{0}x", "é"]
      for id in ids {
        try await store.write { transaction throws(Fault) in try transaction.put(Samples.accessKey(id)) }
      }
      for id in ids { try expect(try await find(id, store), equals: Samples.accessKey(id), "the access key") }
      for id in [
        "", "AKIAIOSFODNN7EXAMPLE\u{0}", "AKIA\u{0}", "AKIAI", "AKI", "akiaIOSFODNN7EXAMPLE", "AKIA%", "'", "e\u{301}",
      ] {
        try expect(try await find(id, store), equals: nil, "\(id.debugDescription)")
      }
    },

    Check("access keys are listed in ascending order of id, of one principal or of all, and deleted") { store in
      let principals = ["p", "p\u{0}", "P"]
      let accessKeys = ["A", "B", "C", "a", "é", "語"].enumerated().map { number, id in
        Samples.accessKey(id, principal: principals[number % 3])
      }
      try await store.write { transaction throws(Fault) in
        for accessKey in accessKeys.reversed() { try transaction.put(accessKey) }
      }
      try expect(try await list(store), equals: accessKeys, "all")
      try expect(try await list(store, limit: 2), equals: Array(accessKeys.prefix(2)), "the first two")
      try expect(try await list(store, after: "B", limit: 2), equals: Array(accessKeys[2..<4]), "two after B")
      try expect(try await list(store, after: "語"), equals: [], "after the last")
      try expect(try await list(store, limit: 0), equals: [], "none")
      for (number, principal) in principals.enumerated() {
        let found = try await store.read { reader throws(Fault) in try reader.accessKeys(of: principal) }
        let expected = [accessKeys[number], accessKeys[number + 3]]
        try expect(found, equals: expected, "those of \(principal.debugDescription)")
      }
      try await store.write { transaction throws(Fault) in
        for id in ["C", "C", "b", "A\u{0}", ""] { try transaction.deleteAccessKey(id) }
      }
      let left = accessKeys.filter { $0.id != "C" }
      try expect(try await list(store), equals: left, "those left after a deletion")
    },
  ]

  private static func list(
    _ store: any Store, after id: String? = nil, limit: Int = 100
  ) async throws -> [AccessKey] {
    try await store.read { reader throws(Fault) in try reader.accessKeys(after: id, limit: limit) }
  }

  private static func find(_ id: String, _ store: any Store) async throws -> AccessKey? {
    try await store.read { reader throws(Fault) in try reader.accessKey(id) }
  }
}
