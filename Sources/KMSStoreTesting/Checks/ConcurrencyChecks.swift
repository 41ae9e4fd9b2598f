// Many callers at once: as if one came after the other.

import Dispatch
import KMSDomain

extension StoreConformance {
  static let concurrencyChecks = [
    Check("concurrent increments are all counted") { store in
      let (tasks, rounds) = (32, 25)
      let results = try await concurrently(tasks) { _ in
        var results: [Int] = []
        for _ in 0..<rounds {
          results.append(
            try await store.write { transaction throws(Fault) in
              let next = try transaction.number("counter") + 1
              try transaction.setNumber("counter", to: next)
              return next
            })
        }
        return results
      }
      try expect(results.flatMap(\.self).sorted() == Array(1...tasks * rounds), "two callers saw the same count")
      let final = try await store.read { reader throws(Fault) in try reader.number("counter") }
      try expect(final, equals: tasks * rounds, "the counter")
    },

    Check("of many that add what is missing, one does") { store in
      let key = Samples.key(1)
      let alias = Samples.alias("app", of: key)
      try await store.insert([key])
      let winners = try await concurrently(24) { _ in
        try await store.write { transaction throws(Fault) in
          guard try transaction.alias(alias.name, in: alias.home) == nil else { return 0 }
          try transaction.insert(alias)
          return 1
        }
      }
      try expect(winners.reduce(0, +), equals: 1, "the number of those who added it")
    },

    Check("counts are exact however many add and delete") { store in
      let key = Samples.key(0)
      try await store.insert([key])
      let changes = try await concurrently(24) { task in
        var change = (keys: 0, grants: 0)
        for round in 1...10 {
          let number = task * 10 + round
          do throws(Fault) {
            try await store.write { transaction throws(Fault) in
              try transaction.insert(Samples.key(number))
              try transaction.insert(Samples.grant(number, on: key))
              if number.isMultiple(of: 7) { throw .limit }
            }
            change = (change.keys + 1, change.grants + 1)
          } catch {
            guard error.kind == .limitExceeded else { throw error }
          }
          if number.isMultiple(of: 3), !number.isMultiple(of: 7) {
            try await store.write { transaction throws(Fault) in
              try transaction.deleteKey(Samples.id(number), region: key.home.region)
              try transaction.deleteGrant(Samples.grant(number, on: key).id, on: key.id, region: key.home.region)
            }
            change = (change.keys - 1, change.grants - 1)
          }
        }
        return change
      }
      let (keys, grants) = try await store.read { reader throws(Fault) in
        (try reader.keyCount(in: key.home), try reader.grantCount(on: key.id, region: key.home.region))
      }
      try expect(keys, equals: 1 + changes.map(\.keys).reduce(0, +), "the keys")
      try expect(grants, equals: changes.map(\.grants).reduce(0, +), "the grants")
    },

    Check("of many that make a grant of one name, one does, and the others find it") { store in
      let key = Samples.key(0)
      try await store.insert([key])
      let ids = try await concurrently(24) { number in
        try await store.write { transaction throws(Fault) in
          if let made = try transaction.grants(named: "n", on: key.id, region: key.home.region).first { return made.id }
          let grant = Samples.grant(number, on: key, name: "n")
          try transaction.insert(grant)
          return grant.id
        }
      }
      try expect(Set(ids).count, equals: 1, "the grants that were made or found")
    },

    Check("a failing writer takes back its own changes only") { store in
      let outcomes = try await concurrently(60) { number in
        do throws(Fault) {
          try await store.write { transaction throws(Fault) in
            try transaction.insert(Samples.key(number))
            switch number % 3 {
            case 0: throw .limit
            case 1: try transaction.insert(Samples.key(number))
            default: try transaction.insert(Samples.alias("n\(number)", of: Samples.key(number)))
            }
          }
          return "stored"
        } catch {
          return error.kind == .limitExceeded ? "limit" : error.kind == .internalFailure ? "failure" : "\(error)"
        }
      }
      try expect(outcomes, equals: (0..<60).map { ["limit", "failure", "stored"][$0 % 3] }, "the outcomes")
      for number in 0..<60 {
        let isStored = try await store.stored(Samples.key(number)) != nil
        try expect(isStored, equals: number % 3 == 2, "whether key \(number) is stored")
      }
    },

    Check("a read sees one snapshot while another writes") { store in
      try await store.setProperty("p", to: [1])
      let (hasRead, hasWritten) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      async let seen = store.read { reader throws(Fault) in
        let before = try reader.property("p")
        hasRead.signal()
        // A store whose reads hold up its writes is slow, not wrong: go on without the write.
        _ = hasWritten.wait(timeout: .now() + 2)
        return (before, try reader.property("p"))
      }
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          _ = hasRead.wait(timeout: .now() + 10)
          continuation.resume()
        }
      }
      try await store.setProperty("p", to: [2])
      hasWritten.signal()
      let (before, after) = try await seen
      try expect(before, equals: [1], "the first read")
      try expect(after, equals: [1], "the second read of the snapshot")
      try expect(try await store.property("p"), equals: [2], "the next read")
    },

    Check("readers never see half a transaction") { store in
      let torn = try await concurrently(12) { number in
        var torn = 0
        for round in 0..<40 {
          if number < 4 {
            try await store.write { transaction throws(Fault) in
              try transaction.setNumber("left", to: number * 1000 + round)
              try transaction.setNumber("right", to: number * 1000 + round)
            }
          } else {
            let isWhole = try await store.read { reader throws(Fault) in
              try reader.number("left") == reader.number("right")
            }
            if !isWhole { torn += 1 }
          }
        }
        return torn
      }
      try expect(torn.reduce(0, +), equals: 0, "reads of half a transaction")
    },

    Check("many writers of many keys all find theirs at once") { store in
      let missing = try await concurrently(40) { task in
        var missing = 0
        for round in 0..<10 {
          let key = Samples.key(task * 100 + round)
          try await store.insert([key])
          if try await store.stored(key) != key { missing += 1 }
        }
        return missing
      }
      try expect(missing.reduce(0, +), equals: 0, "keys not found after they were stored")
      let ids = try await store.read { reader throws(Fault) in
        try reader.keyIDs(in: Samples.home, after: nil, limit: 1000)
      }
      try expect(ids.count, equals: 400, "the keys")
    },
  ]

  /// Runs `body` for 0 to `count - 1` at once.
  private static func concurrently<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      for number in 0..<count { group.addTask { (number, try await body(number)) } }
      var values: [(Int, Value)] = []
      for try await value in group { values.append(value) }
      return values.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}

extension Fault {
  /// A fault that no store makes itself.
  fileprivate static let limit = Fault(.limitExceeded, "enough")
}
