// Keys whose waiting period has ended are found, and go with all that is theirs.

import struct FoundationEssentials.Date
import KMSDomain

extension StoreConformance {
  static let deletionChecks = [
    Check("keys due for deletion are found from their date on, the most overdue first, everywhere") { store in
      let keys = [
        Samples.key(1, state: .pendingDeletion, deletion: Samples.date(milliseconds: 3000)),
        Samples.key(2, in: Samples.otherAccount, state: .pendingDeletion, deletion: Samples.date(milliseconds: 1000)),
        Samples.key(3, in: Samples.otherRegion, state: .pendingDeletion, deletion: Samples.date(milliseconds: 2000)),
        Samples.key(4, state: .pendingDeletion, deletion: Samples.date(milliseconds: 3001)),
        Samples.key(5, state: .disabled, deletion: Samples.date(milliseconds: 1)),
        Samples.key(6),
      ]
      try await store.insert(keys)
      func due(at date: Date, limit: Int = 100) async throws -> [KeyID] {
        try await store.read { reader throws(Fault) in
          try reader.keysDueForDeletion(at: date, limit: limit).map(\.id)
        }
      }
      let first = [2, 3, 1].map { Samples.id($0) }
      try expect(try await due(at: Samples.date(milliseconds: 999)), equals: [], "before any")
      try expect(try await due(at: Samples.date(milliseconds: 1000)), equals: [Samples.id(2)], "at the first")
      try expect(try await due(at: Samples.date(milliseconds: 3000)), equals: first, "at the third")
      try expect(try await due(at: Date(timeIntervalSince1970: 3.0008)), equals: first, "just before the fourth")
      try expect(try await due(at: Samples.date(milliseconds: 3001)), equals: first + [Samples.id(4)], "at the fourth")
      try expect(try await due(at: Samples.date, limit: 2), equals: Array(first.prefix(2)), "two of them")
      let records = try await store.read { reader throws(Fault) in
        try reader.keysDueForDeletion(at: Samples.date, limit: 1)
      }
      try expect(records, equals: [keys[1].name], "the name")
    },

    Check("a cancelled deletion is not due, and one scheduled again is") { store in
      var key = Samples.key(1)
      try await store.insert([key])
      let later = Samples.date.addingTimeInterval(30 * 86_400)
      for isScheduled in [true, false, true] {
        if isScheduled { key.scheduleDeletion(inDays: 7, now: Samples.date) } else { key.cancelDeletion() }
        try await update(key, in: store)
        let due = try await store.read { reader throws(Fault) in try reader.keysDueForDeletion(at: later, limit: 9) }
        try expect(due, equals: isScheduled ? [key.name] : [], "what is due")
      }
    },

    Check("a key pending replica deletion is not due") { store in
      let role = MultiRegionRole(primaryRegion: Samples.home.region, replicaRegions: [Samples.otherRegion.region])
      var key = Samples.key(1, multiRegion: role)
      try await store.insert([key])
      let later = Samples.date.addingTimeInterval(30 * 86_400)
      key.scheduleDeletion(inDays: 7, now: Samples.date)
      try await update(key, in: store)
      var due = try await store.read { reader throws(Fault) in try reader.keysDueForDeletion(at: later, limit: 9) }
      try expect(due, equals: [], "what is due")
      key.relativeDeleted(in: Samples.otherRegion.region, now: Samples.date)
      try await update(key, in: store)
      due = try await store.read { reader throws(Fault) in try reader.keysDueForDeletion(at: later, limit: 9) }
      try expect(due, equals: [key.name], "what is due when the replica is gone")
    },

    Check("deleting a key deletes all that is its, and nothing else") { store in
      let doomed = Samples.key(1)
      let neighbours = [Samples.key(2), Samples.key(1, in: Samples.otherRegion)]
      let usage = KeyLastUsage(operation: "Encrypt", date: Samples.date, requestID: "r")
      try await store.insert([doomed] + neighbours)
      try await store.insert((0..<50).map { Samples.alias("doomed/\($0)", of: doomed) })
      try await store.insert((0..<50).map { Samples.grant($0, on: doomed, name: "g", retiring: "r") })
      let kept = neighbours.map { Samples.alias("kept", of: $0) }
      let keptGrants = neighbours.map { Samples.grant(1, on: $0, name: "g", retiring: "r") }
      try await store.insert(kept)
      try await store.insert(keptGrants)
      try await store.write { transaction throws(Fault) in
        for key in [doomed] + neighbours { try transaction.record(usage, of: key.id, region: key.home.region) }
        try transaction.deleteKey(doomed.id, region: doomed.home.region)
      }
      try expect(try await store.stored(doomed), equals: nil, "the key")
      for number in 0..<50 {
        try expect(try await store.stored(Samples.alias("doomed/\(number)", of: doomed)), equals: nil, "its alias")
        try expect(try await store.stored(Samples.grant(number, on: doomed)), equals: nil, "its grant")
      }
      try expect(try await store.lastUsage(of: doomed), equals: nil, "its last use")
      for neighbour in neighbours {
        try expect(try await store.stored(neighbour), equals: neighbour, "a neighbour")
        try expect(try await store.lastUsage(of: neighbour), equals: usage, "a neighbour's last use")
      }
      for alias in kept { try expect(try await store.stored(alias), equals: alias, "a neighbour's alias") }
      for grant in keptGrants {
        try expect(try await store.stored(grant), equals: grant, "a neighbour's grant")
        let found = try await store.read { reader throws(Fault) in
          try reader.grants(retirableBy: "r", region: grant.home.region, after: nil, limit: 100)
        }
        try expect(found, equals: [grant], "what there is to retire")
      }

      let successor = Samples.key(1, materials: [])
      try await store.insert([successor])
      try expect(try await store.stored(successor), equals: successor, "a new key of the same id")
      try expect(try await store.lastUsage(of: successor), equals: nil, "its last use")
      let counts = try await store.read { reader throws(Fault) in
        [
          try reader.aliasCount(of: doomed.id, in: doomed.home),
          try reader.grantCount(on: doomed.id, region: doomed.home.region),
        ]
      }
      try expect(counts, equals: [0, 0], "its aliases and grants")
    },
  ]
}
