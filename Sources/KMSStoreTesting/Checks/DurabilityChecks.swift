// What was acknowledged is there after the store was closed and opened again.

import KMSDomain

extension StoreConformance {
  static let durabilityChecks = [
    Check.reopening("everything is there after the store was opened again") { open in
      let keys = (0..<20).map { Samples.key($0) } + [Samples.key(3, in: Samples.otherRegion)]
      let alias = Samples.alias("app", of: keys[0])
      let grant = Samples.grant(1, on: keys[0], name: "n", retiring: "r")
      let customKeyStore = Samples.customKeyStore(1)
      let usage = KeyLastUsage(operation: "Encrypt", date: Samples.date, requestID: "r")
      let accessKey = Samples.accessKey("AKIA")
      var store = try await open()
      try await store.insert(keys)
      try await store.insert([alias])
      try await store.insert([grant])
      try await store.insert([customKeyStore])
      try await store.write { transaction throws(Fault) in
        try transaction.record(usage, of: keys[0].id, region: keys[0].home.region)
        try transaction.put(accessKey)
        try transaction.setProperty("p", to: [1, 2])
        try transaction.deleteKey(keys[1].id, region: keys[1].home.region)
      }
      for _ in 0..<3 {
        await store.close()
        store = try await open()
        for (number, key) in keys.enumerated() {
          try expect(try await store.stored(key), equals: number == 1 ? nil : key, "key \(number)")
        }
        try expect(try await store.stored(alias), equals: alias, "the alias")
        try expect(try await store.stored(grant), equals: grant, "the grant")
        try expect(try await store.stored(customKeyStore), equals: customKeyStore, "the custom key store")
        try expect(try await store.lastUsage(of: keys[0]), equals: usage, "the last use")
        try expect(try await store.property("p"), equals: [1, 2], "the property")
        let found = try await store.read { reader throws(Fault) in try reader.accessKey("AKIA") }
        try expect(found, equals: accessKey, "the access key")
      }
      await store.close()
    },

    Check.reopening("a closed store refuses, and may be closed again") { open in
      let store = try await open()
      try await store.setProperty("p", to: [1])
      await store.close()
      await store.close()
      try await expectInternalFailure("a read") { () throws(Fault) in _ = try await store.property("p") }
      try await expectInternalFailure("a write") { () throws(Fault) in try await store.setProperty("p", to: [2]) }
      let next = try await open()
      try expect(try await next.property("p"), equals: [1], "the property")
      await next.close()
    },

    Check.reopening("closing waits for the writes under way") { open in
      let store = try await open()
      let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
        for number in 0..<50 {
          group.addTask {
            do throws(Fault) {
              try await store.setProperty("p\(number)", to: [1])
              return (number, true)
            } catch {
              return (number, false)
            }
          }
        }
        group.addTask {
          await store.close()
          return (-1, true)
        }
        var outcomes: [(Int, Bool)] = []
        for await outcome in group { outcomes.append(outcome) }
        return outcomes
      }
      let next = try await open()
      for (number, isAcknowledged) in outcomes where number >= 0 {
        let isStored = try await next.property("p\(number)") != nil
        try expect(isStored, equals: isAcknowledged, "whether write \(number) is there")
      }
      await next.close()
    },
  ]
}
