// All of a transaction happens, or nothing of it.

import KMSDomain

extension StoreConformance {
  static let transactionChecks = [
    Check("a body that throws leaves nothing, and its fault passes unchanged") { store in
      let kept = Samples.key(1)
      let alias = Samples.alias("kept", of: kept)
      let grant = Samples.grant(1, on: kept)
      let usage = KeyLastUsage(operation: "Encrypt", date: Samples.date, requestID: "r")
      try await store.insert([kept])
      try await store.insert([alias])
      try await store.insert([grant])
      do {
        try await store.write { transaction throws(Fault) in
          try transaction.insert(Samples.key(2))
          try transaction.insert(Samples.alias("new", of: Samples.key(2)))
          try transaction.insert(Samples.grant(2, on: kept))
          try transaction.insert(Samples.customKeyStore(1))
          try transaction.record(usage, of: kept.id, region: kept.home.region)
          try transaction.put(Samples.accessKey("AKIA"))
          try transaction.setProperty("p", to: [1])
          try transaction.deleteAlias(alias.name, in: alias.home)
          try transaction.deleteKey(kept.id, region: kept.home.region)
          throw .disabled("arn:of:something")
        }
        throw Nonconformity("the fault was lost", #fileID, #line)
      } catch let fault as Fault {
        try expect(fault.kind, equals: .disabled, "the fault's kind")
        try expect(fault.message, equals: Fault.disabled("arn:of:something").message, "the fault's message")
      }
      try expect(try await store.stored(kept), equals: kept, "the key deleted")
      try expect(try await store.stored(alias), equals: alias, "the alias deleted")
      try expect(try await store.stored(grant), equals: grant, "the grant deleted with its key")
      try expect(try await store.stored(Samples.key(2)), equals: nil, "the key added")
      try expect(try await store.stored(Samples.grant(2, on: kept)), equals: nil, "the grant added")
      try expect(try await store.stored(Samples.customKeyStore(1)), equals: nil, "the custom key store added")
      try expect(try await store.lastUsage(of: kept), equals: nil, "the use recorded")
      try expect(try await store.property("p"), equals: nil, "the property set")
      let accessKey = try await store.read { reader throws(Fault) in try reader.accessKey("AKIA") }
      try expect(accessKey, equals: nil, "the access key added")
    },

    Check("a write on the calling thread is one like others") { store in
      let key = Samples.key(1)
      let count = try store.writeAndWait { transaction throws(Fault) in
        try transaction.insert(key)
        return try transaction.keyIDs(in: key.home, after: nil, limit: 9).count
      }
      try expect(count, equals: 1, "the keys that it sees")
      try expect(try await store.stored(key), equals: key, "the key")
      do {
        try store.writeAndWait { transaction throws(Fault) in
          try transaction.insert(Samples.key(2))
          throw .disabled("arn:of:something")
        }
        throw Nonconformity("the fault was lost", #fileID, #line)
      } catch let fault as Fault {
        try expect(fault.kind, equals: .disabled, "the fault's kind")
      }
      try expect(try await store.stored(Samples.key(2)), equals: nil, "the key added")
    },

    Check("a transaction sees its own changes, and others see them when it returns") { store in
      let key = Samples.key(1)
      let seen = try await store.write { transaction throws(Fault) in
        try transaction.insert(key)
        try transaction.insert(Samples.alias("a", of: key))
        try transaction.setProperty("p", to: [1])
        return (
          try transaction.key(key.id, region: key.home.region),
          try transaction.aliasCount(of: key.id, in: key.home),
          try transaction.keyIDs(in: key.home, after: nil, limit: 9),
          try transaction.property("p")
        )
      }
      try expect(seen.0, equals: key, "the key")
      try expect(seen.1, equals: 1, "its aliases")
      try expect(seen.2, equals: [key.id], "the listing")
      try expect(seen.3, equals: [1], "the property")
      try expect(try await store.stored(key), equals: key, "the key afterwards")
    },

    Check("a transaction does not survive a failed call, even if its body passes over it") { store in
      let key = Samples.key(1)
      try await store.insert([key])
      try await expectInternalFailure("the transaction") { () throws(Fault) in
        try await store.write { transaction throws(Fault) in
          try transaction.setProperty("before", to: [1])
          do { try transaction.insert(key) } catch {}
          // A store may refuse these already, or the commit.
          do { try transaction.setProperty("after", to: [1]) } catch {}
        }
      }
      for name in ["before", "after"] { try expect(try await store.property(name), equals: nil, name) }
      try await store.setProperty("next", to: [1])
      try expect(try await store.property("next"), equals: [1], "the next transaction's property")
    },

    Check("reads after a failed transaction go on, and so do writes") { store in
      for number in 0..<20 {
        do throws(Fault) {
          try await store.write { transaction throws(Fault) in
            try transaction.insert(Samples.key(number))
            if !number.isMultiple(of: 2) { throw .incorrectKey }
          }
        } catch {
          try expect(error.kind, equals: .incorrectKey, "the fault")
        }
        let isStored = try await store.stored(Samples.key(number)) != nil
        try expect(isStored, equals: number.isMultiple(of: 2), "whether key \(number) is stored")
      }
    },
  ]
}
