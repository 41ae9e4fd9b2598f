// What the files hold at any moment is what was acknowledged, or a beginning of it.

import Foundation
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct DurabilityTests {
  @Test func whatWasAcknowledgedIsInTheFiles() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    // More than one checkpoint's worth, so that both the database and its log have a part.
    for number in 0..<120 {
      try await store.insert(try Records.key(number, policy: String(repeating: "p", count: 20_000)))
    }
    try await store.write { transaction throws(Fault) in try transaction.setProperty("p", to: [1, 2, 3]) }
    try copyFiles(from: place("data"), to: place("copy"))
    let copy = try SQLiteStore(directory: place("copy"))
    for number in 0..<120 {
      let key = try Records.key(number, policy: String(repeating: "p", count: 20_000))
      #expect(try await copy.stored(key) == key)
    }
    #expect(try await copy.read { reader throws(Fault) in try reader.property("p") } == [1, 2, 3])
    await copy.close()
    await store.close()
  }

  @Test func aLogCutAnywhereHoldsABeginning() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    let keys = try (0..<40).map { try Records.key($0) }
    for key in keys { try await store.insert(key) }
    try copyFiles(from: place("data"), to: place("copy"))
    await store.close()
    let log = try Data(contentsOf: URL(fileURLWithPath: place("copy/keywright.db-wal")))
    var lengths: Set<Int> = []
    for round in 0..<25 {
      let directory = place("cut-\(round)")
      try FileManager.default.copyItem(atPath: place("copy"), toPath: directory)
      let length = log.count * round / 24
      try log.prefix(length).write(to: URL(fileURLWithPath: directory + "/keywright.db-wal"))
      let cut = try SQLiteStore(directory: directory)
      let ids = try await cut.read { [home = keys[0].home] reader throws(Fault) in
        try reader.keyIDs(in: home, after: nil, limit: 100)
      }
      #expect(ids == keys.prefix(ids.count).map(\.id))
      for key in keys.prefix(ids.count) { #expect(try await cut.stored(key) == key) }
      lengths.insert(ids.count)
      await cut.close()
    }
    #expect(lengths.contains(keys.count))
    #expect(lengths.count > 5)
  }

  /// Copies the database and its log as a crash would leave them: without the shared-memory index.
  private func copyFiles(from source: String, to destination: String) throws {
    try FileManager.default.createDirectory(atPath: destination, withIntermediateDirectories: false)
    for file in ["keywright.db", "keywright.db-wal"] {
      try FileManager.default.copyItem(atPath: source + "/" + file, toPath: destination + "/" + file)
    }
  }
}
