// A database whose pages were damaged behind the store's back: errors, never a crash.

import Foundation
import GRDB
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct DamageTests {
  @Test func damagedPagesAreInternalFailures() async throws {
    let place = try TemporaryPlace()
    let keys = try await makeDatabase(in: place("data"))
    let url = URL(fileURLWithPath: place("data/keywright.db"))
    var bytes = try Data(contentsOf: url)
    // Every other page that holds a policy: those of the indexes stay whole.
    let pages = stride(from: 0, to: bytes.count, by: 4096).map { $0..<$0 + 4096 }
    let ofPolicies = pages.filter { bytes[$0].count(where: { $0 == UInt8(ascii: "p") }) > 1000 }
    for (number, page) in ofPolicies.enumerated() where number.isMultiple(of: 2) {
      bytes.replaceSubrange(page, with: repeatElement(0xFF, count: 4096))
    }
    try bytes.write(to: url)

    let store = try SQLiteStore(directory: place("data"))
    var failures = 0
    for key in keys {
      do throws(Fault) {
        let found = try await store.stored(key)
        #expect(found == nil || found == key)
      } catch {
        #expect(error.kind == .internalFailure)
        #expect(error.cause != nil)
        failures += 1
      }
    }
    #expect(failures > 0)
    #expect(failures < keys.count)
    await store.close()
  }

  @Test func damagedMigrationsAreToldWhenOpening() async throws {
    let place = try TemporaryPlace()
    _ = try await makeDatabase(in: place("data"))
    let database = try DatabaseQueue(path: place("data/keywright.db"))
    try await database.write { database in
      try database.execute(
        sql: """
          DROP TABLE grdb_migrations;
          CREATE TABLE grdb_migrations (identifier TEXT);
          INSERT INTO grdb_migrations VALUES (NULL);
          """)
    }
    try database.close()
    let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: place("data")) }
    guard case .corrupt? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func randomDamageNeverCrashes() async throws {
    let place = try TemporaryPlace()
    let keys = try await makeDatabase(in: place("original"))
    let original = try Data(contentsOf: URL(fileURLWithPath: place("original/keywright.db")))
    var generator = SystemRandomNumberGenerator()
    var outcomes: [String: Int] = [:]
    for round in 0..<60 {
      var bytes = original
      for _ in 0..<(1 << (round % 12)) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      let directory = place("round-\(round)")
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
      try bytes.write(to: URL(fileURLWithPath: directory + "/keywright.db"))
      outcomes[try await exercise(directory, keys), default: 0] += 1
    }
    #expect(outcomes.values.reduce(0, +) == 60)
    #expect(outcomes["refused", default: 0] + outcomes["failed", default: 0] > 0, "\(outcomes)")
  }

  @Test func aValueFromNowhereIsAnInternalFailure() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    let key = try Records.key(1)
    try await store.insert(key)
    for (table, column, value) in [
      ("key", "state", "'Melting'"), ("key", "tags", "'{'"), ("key", "account", "'x'"), ("key", "spec", "''"),
      ("key", "rotation_period", "90"), ("key", "primary_region", "'Nowhere'"), ("key", "primary_region", "'nowhere'"),
      ("key_material", "state", "'GONE'"), ("key_material", "rotation_cause", "'WHIM'"),
      ("key_material", "rotation_cause", "'ON_DEMAND'"),
    ] {
      try await store.pool.write { database in
        try database.execute(sql: "UPDATE \(table) SET \(column) = \(value)")
      }
      let error = await #expect(throws: Fault.self, "\(column)") { try await store.stored(key) }
      #expect(error?.kind == .internalFailure)
      try await store.pool.write { try $0.execute(sql: "DELETE FROM key") }
      try await store.insert(key)
    }
    #expect(try await store.stored(key) == key)
    await store.close()
  }

  @Test func aGrantFromNowhereIsAnInternalFailure() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    let key = try Records.key(1)
    let grant = Grant(
      id: "g", keyID: key.id, home: key.home, name: nil, granteePrincipal: "p", retiringPrincipal: nil,
      operations: [.sign], constraints: nil, issuingAccount: key.home.account, creationDate: key.creationDate)
    try await store.insert(key)
    for (column, value) in [
      ("operations", "'Sign,Dance'"), ("constraints", "'{'"), ("constraints", "'[]'"), ("issuing_account", "'x'"),
    ] {
      try await store.write { transaction throws(Fault) in try transaction.insert(grant) }
      try await store.pool.write { try $0.execute(sql: "UPDATE grant SET \(column) = \(value)") }
      let error = await #expect(throws: Fault.self, "\(column)") {
        try await store.read { reader throws(Fault) in try reader.grant("g", on: key.id, region: key.home.region) }
      }
      #expect(error?.kind == .internalFailure)
      try await store.write { transaction throws(Fault) in
        try transaction.deleteGrant("g", on: key.id, region: key.home.region)
      }
    }
    await store.close()
  }

  private func makeDatabase(in directory: String) async throws -> [Key] {
    let store = try SQLiteStore(directory: directory)
    let keys = try (0..<120).map { try Records.key($0, policy: String(repeating: "p", count: 1500)) }
    try await store.write { transaction throws(Fault) in
      for key in keys { try transaction.insert(key) }
    }
    await store.close()
    return keys
  }

  /// Reads and writes all over a damaged store.
  private func exercise(_ directory: String, _ keys: [Key]) async throws -> String {
    let store: SQLiteStore
    do {
      store = try SQLiteStore(directory: directory)
    } catch {
      #expect(error is StoreOpeningError)
      return "refused"
    }
    var failures = 0
    func attempt(_ call: () async throws(Fault) -> Void) async {
      do throws(Fault) {
        try await call()
      } catch {
        #expect(error.kind == .internalFailure)
        failures += 1
      }
    }
    for key in keys {
      await attempt { () throws(Fault) in _ = try await store.stored(key) }
    }
    await attempt { () throws(Fault) in
      _ = try await store.read { reader throws(Fault) in
        try reader.keyIDs(in: keys[0].home, after: nil, limit: 1000)
      }
    }
    for key in keys.prefix(10) {
      await attempt { () throws(Fault) in
        try await store.write { transaction throws(Fault) in
          try transaction.update(key)
          try transaction.deleteKey(key.id, region: key.home.region)
          try transaction.insert(key)
        }
      }
    }
    await store.close()
    return failures > 0 ? "failed" : "unhurt"
  }
}
