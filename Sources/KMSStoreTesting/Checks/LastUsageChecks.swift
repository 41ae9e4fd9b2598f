// The last use of a key is the latest that was recorded.

import KMSDomain

extension StoreConformance {
  static let lastUsageChecks = [
    Check("the last use of a key comes back as it was recorded, and is nobody else's") { store in
      let keys = [Samples.key(1), Samples.key(1, in: Samples.otherRegion), Samples.key(2)]
      try await store.insert(keys)
      try expect(try await store.lastUsage(of: keys[0]), equals: nil, "the use of a key that was not used")
      for (number, text) in Samples.texts.enumerated() {
        let usage = KeyLastUsage(
          operation: "Encrypt" + text, date: Samples.date(milliseconds: 1000 + Int64(number)), requestID: text)
        try await record([usage], of: keys[0], in: store)
        let found = try await store.lastUsage(of: keys[0])
        try expect(found, equals: usage, "the use")
        try expect(found.map { Array($0.requestID.utf8) }, equals: Array(text.utf8), "the request id's bytes")
        try expect(found.map { Array($0.operation.utf8) }, equals: Array("Encrypt\(text)".utf8), "the operation's")
      }
      for key in keys[1...] { try expect(try await store.lastUsage(of: key), equals: nil, "another's use") }
      try expect(try await store.stored(keys[0]), equals: keys[0], "the key")
    },

    Check("an earlier use does not replace a later one") { store in
      let key = Samples.key(1)
      try await store.insert([key])
      func usage(_ milliseconds: Int64, _ id: String) -> KeyLastUsage {
        KeyLastUsage(operation: "Decrypt", date: Samples.date(milliseconds: milliseconds), requestID: id)
      }
      try await record([usage(2000, "a")], of: key, in: store)
      try await record([usage(1999, "b")], of: key, in: store)
      try expect(try await store.lastUsage(of: key), equals: usage(2000, "a"), "the use after an earlier one")
      try await record([usage(2001, "c")], of: key, in: store)
      try expect(try await store.lastUsage(of: key), equals: usage(2001, "c"), "the use after a later one")
      let shuffled = (0..<50).map { usage(3000 + Int64($0), "\($0)") }.shuffled()
      try await record(shuffled, of: key, in: store)
      try expect(try await store.lastUsage(of: key), equals: usage(3049, "49"), "the latest of many")
      let changed = Samples.key(1, state: .disabled)
      try await update(changed, in: store)
      try expect(try await store.lastUsage(of: key), equals: usage(3049, "49"), "the use after the key changed")
    },

    Check("the use of a key that does not exist is not recorded, and does no harm") { store in
      let (key, missing) = (Samples.key(1), Samples.key(2))
      let usage = KeyLastUsage(operation: "Decrypt", date: Samples.date, requestID: "r")
      try await store.insert([key])
      try await store.write { transaction throws(Fault) in
        try transaction.record(usage, of: missing.id, region: missing.home.region)
        try transaction.record(usage, of: key.id, region: Samples.otherRegion.region)
        try transaction.setProperty("p", to: [1])
      }
      try expect(try await store.property("p"), equals: [1], "the property")
      try await store.insert([missing])
      try expect(try await store.lastUsage(of: missing), equals: nil, "its use, once it is there")
      try expect(try await store.lastUsage(of: key), equals: nil, "the other's use")
    },
  ]

  private static func record(_ usages: [KeyLastUsage], of key: Key, in store: any Store) async throws {
    try await store.write { transaction throws(Fault) in
      for usage in usages { try transaction.record(usage, of: key.id, region: key.home.region) }
    }
  }
}
