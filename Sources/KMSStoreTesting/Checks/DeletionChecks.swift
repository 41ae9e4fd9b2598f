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
      try expect(records, equals: [keys[1]], "the record")
    },

    Check("a cancelled deletion is not due, and one scheduled again is") { store in
      var key = Samples.key(1)
      try await store.insert([key])
      let later = Samples.date.addingTimeInterval(30 * 86_400)
      for isScheduled in [true, false, true] {
        if isScheduled { key.scheduleDeletion(inDays: 7, now: Samples.date) } else { key.cancelDeletion() }
        try await update(key, in: store)
        let due = try await store.read { reader throws(Fault) in try reader.keysDueForDeletion(at: later, limit: 9) }
        try expect(due, equals: isScheduled ? [key] : [], "what is due")
      }
    },

    Check("deleting a key deletes its aliases and material, and nothing else") { store in
      let doomed = Samples.key(1)
      let neighbours = [Samples.key(2), Samples.key(1, in: Samples.otherRegion)]
      try await store.insert([doomed] + neighbours)
      try await store.insert((0..<50).map { Samples.alias("doomed/\($0)", of: doomed) })
      let kept = neighbours.map { Samples.alias("kept", of: $0) }
      try await store.insert(kept)
      try await store.write { transaction throws(Fault) in
        try transaction.deleteKey(doomed.id, region: doomed.home.region)
      }
      try expect(try await store.stored(doomed), equals: nil, "the key")
      for number in 0..<50 {
        try expect(try await store.stored(Samples.alias("doomed/\(number)", of: doomed)), equals: nil, "its alias")
      }
      for neighbour in neighbours { try expect(try await store.stored(neighbour), equals: neighbour, "a neighbour") }
      for alias in kept { try expect(try await store.stored(alias), equals: alias, "a neighbour's alias") }

      var successor = doomed
      successor.materials = []
      successor.currentMaterialID = nil
      try await store.insert([successor])
      try expect(try await store.stored(successor), equals: successor, "a new key of the same id")
      let count = try await store.read { reader throws(Fault) in try reader.aliasCount(of: doomed.id, in: doomed.home) }
      try expect(count, equals: 0, "its aliases")
    },
  ]
}
