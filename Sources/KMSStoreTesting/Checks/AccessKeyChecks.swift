// Access keys are found by exactly their id.

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
  ]

  private static func find(_ id: String, _ store: any Store) async throws -> AccessKey? {
    try await store.read { reader throws(Fault) in try reader.accessKey(id) }
  }
}
