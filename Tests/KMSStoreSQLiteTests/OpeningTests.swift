// What a store insists on when it opens, and what it refuses.

import Foundation
import GRDB
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct OpeningTests {
  @Test func commitsAreSynced() async throws {
    let place = try TemporaryPlace()
    for _ in 0..<2 {
      let store = try SQLiteStore(directory: place("data"))
      for (pragma, expected) in [
        ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("secure_delete", "1"),
        ("busy_timeout", "5000"),
      ] {
        let value = try await store.pool.writeWithoutTransaction {
          try String.fetchOne($0, sql: "PRAGMA \(pragma)")
        }
        #expect(value == expected, "\(pragma)")
      }
      await store.close()
    }
  }

  @Test func anEmptyDatabaseIsMigratedOnce() async throws {
    let place = try TemporaryPlace()
    for _ in 0..<2 {
      let store = try SQLiteStore(directory: place("data"))
      let isComplete = try await store.pool.read { try Schema.migrator.hasCompletedMigrations($0) }
      #expect(isComplete)
      #expect(try await query("PRAGMA application_id", store) == ["\(Schema.applicationID)"])
      #expect(try await query("PRAGMA integrity_check", store) == ["ok"])
      let loose = """
        SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite%'
        """
      #expect(try await query(loose, store) == ["grdb_migrations"])
      await store.close()
    }
  }

  /// The states in which `kill -9` can leave the database of a first start.
  @Test(arguments: [
    [], ["PRAGMA application_id = \(Schema.applicationID)"],
    [
      "PRAGMA application_id = \(Schema.applicationID)",
      "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)",
    ],
  ])
  func aFirstStartThatWasCutOffIsFinished(steps: [String]) async throws {
    let place = try TemporaryPlace()
    try FileManager.default.createDirectory(atPath: place("data"), withIntermediateDirectories: false)
    let interrupted = try DatabaseQueue(path: place("data/keywright.db"))
    try await interrupted.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      for step in steps { try database.execute(sql: step) }
    }
    try interrupted.close()
    let store = try SQLiteStore(directory: place("data"))
    #expect(try await query("PRAGMA application_id", store) == ["\(Schema.applicationID)"])
    #expect(try await store.pool.read { try Schema.migrator.hasCompletedMigrations($0) })
    await store.close()
  }

  @Test func aClosedStoreLeavesEverythingInTheDatabaseFile() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    try await store.write { transaction throws(Fault) in try transaction.setProperty("a", to: [1, 2, 3]) }
    await store.close()
    // A copy of the one file, without its log, is whole.
    try FileManager.default.createDirectory(atPath: place("copy"), withIntermediateDirectories: false)
    try FileManager.default.copyItem(atPath: place("data/keywright.db"), toPath: place("copy/keywright.db"))
    let copy = try SQLiteStore(directory: place("copy"))
    #expect(try await copy.read { reader throws(Fault) in try reader.property("a") } == [1, 2, 3])
    await copy.close()
  }

  @Test func aNewerDatabaseIsRefused() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    try await store.pool.write { database in
      try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 from the future')")
    }
    await store.close()
    let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: place("data")) }
    guard case .newerVersion(place("data/keywright.db")) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func anotherApplicationsDatabaseIsRefusedAndLeftAlone() async throws {
    let place = try TemporaryPlace()
    try FileManager.default.createDirectory(atPath: place("data"), withIntermediateDirectories: false)
    let other = try DatabaseQueue(path: place("data/keywright.db"))
    try await other.write { try $0.execute(sql: "CREATE TABLE key (theirs)") }
    try other.close()
    let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: place("data")) }
    guard case .foreignDatabase = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let tables = try await DatabaseQueue(path: place("data/keywright.db")).read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
    }
    #expect(tables == ["key"])
  }

  @Test(arguments: [100, 4096, 100_000])
  func whatIsNoDatabaseIsRefused(_ size: Int) throws {
    let place = try TemporaryPlace()
    try FileManager.default.createDirectory(atPath: place("data"), withIntermediateDirectories: false)
    let garbage = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
    try garbage.write(to: URL(fileURLWithPath: place("data/keywright.db")))
    let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: place("data")) }
    guard case .notADatabase = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: place("data/keywright.db"))) == garbage)
  }

  @Test func aTruncatedDatabaseIsRefused() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    for number in 0..<50 {
      try await store.insert(try Records.key(number, policy: String(repeating: "p", count: 4096)))
    }
    await store.close()
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: place("data/keywright.db")))
    try file.truncate(atOffset: 40_000)
    try file.close()
    let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: place("data")) }
    guard case .corrupt = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aPlaceThatIsNoDirectoryIsRefused() throws {
    let place = try TemporaryPlace()
    #expect(FileManager.default.createFile(atPath: place("file"), contents: nil))
    for path in [place("file"), place("file/data"), "/dev/null/data", "/proc/keywright", ""] {
      let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: path) }
      guard case .inaccessible = error else {
        Issue.record("\(path): \(String(describing: error))")
        continue
      }
      #expect(error?.description.isEmpty == false)
    }
  }

  @Test func aDatabaseThatIsADirectoryIsRefused() throws {
    let place = try TemporaryPlace()
    try FileManager.default.createDirectory(atPath: place("data/keywright.db"), withIntermediateDirectories: true)
    #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: place("data")) }
  }

  private func query(_ sql: String, _ store: SQLiteStore) async throws -> [String] {
    try await store.pool.read { try String.fetchAll($0, sql: sql) }
  }
}
