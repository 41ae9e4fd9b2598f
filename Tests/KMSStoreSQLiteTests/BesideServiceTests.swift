// A store that is opened beside the one that holds the directory.

import Foundation
import GRDB
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct BesideServiceTests {
  private func principal(_ name: String) throws -> Principal {
    Principal(
      id: "AIDA" + name, partition: "aws", account: try #require(AccountID("111122223333")), kind: .user, name: name,
      creationDate: Date(timeIntervalSince1970: 1))
  }

  private func put(_ name: String, in store: SQLiteStore) async throws {
    let principal = try principal(name)
    try await store.write { transaction throws(Fault) in try transaction.put(principal) }
  }

  private func names(_ store: SQLiteStore) async throws -> Set<String> {
    let principals = try await store.read { reader throws(Fault) in try reader.principals(after: nil, limit: 10_000) }
    return Set(principals.map(\.name))
  }

  @Test func eachSeesWhatTheOtherHasWritten() async throws {
    let place = try TemporaryPlace()
    let service = try SQLiteStore(directory: place("data"))
    try await put("a", in: service)
    let beside = try SQLiteStore(besideService: place("data"))
    #expect(try await names(beside) == ["a"])
    try await put("b", in: beside)
    #expect(try await names(service) == ["a", "b"])
    #expect(try await service.read { reader throws(Fault) in try reader.identityRevision() } == 2)
    try await put("c", in: service)
    #expect(try await names(beside) == ["a", "b", "c"])
    await beside.close()
    // Closing one neither unlocks the directory nor drops what the other has still to write.
    #expect(throws: StoreLockedError.self) { try SQLiteStore(directory: place("data")) }
    try await put("d", in: service)
    await service.close()
    let again = try SQLiteStore(directory: place("data"))
    #expect(try await names(again) == ["a", "b", "c", "d"])
    await again.close()
  }

  @Test func writersOnBothSidesAllSucceed() async throws {
    let place = try TemporaryPlace()
    let service = try SQLiteStore(directory: place("data"))
    let beside = [try SQLiteStore(besideService: place("data")), try SQLiteStore(besideService: place("data"))]
    let stores = [service] + beside
    let count = 60
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        for (index, store) in stores.enumerated() {
          let principal = try principal("n\(index).\(number)")
          group.addTask {
            try await store.write { transaction throws(Fault) in try transaction.put(principal) }
          }
        }
      }
      try await group.waitForAll()
    }
    for store in stores {
      #expect(try await names(store).count == count * stores.count)
      #expect(
        try await store.read { reader throws(Fault) in try reader.identityRevision() } == count * stores.count)
    }
    for store in beside { await store.close() }
    await service.close()
  }

  @Test func itWorksWhenNoServiceRunsAndLeavesOneFree() async throws {
    let place = try TemporaryPlace()
    await (try SQLiteStore(directory: place("data"))).close()
    let beside = try SQLiteStore(besideService: place("data"))
    try await put("a", in: beside)
    let service = try SQLiteStore(directory: place("data"))
    #expect(try await names(service) == ["a"])
    await service.close()
    try await put("b", in: beside)
    await beside.close()
    let after = try SQLiteStore(directory: place("data"))
    #expect(try await names(after) == ["a", "b"])
    await after.close()
  }

  @Test func itsCommitsAreSynced() async throws {
    let place = try TemporaryPlace()
    let service = try SQLiteStore(directory: place("data"))
    let beside = try SQLiteStore(besideService: place("data"))
    for (pragma, expected) in [
      ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("busy_timeout", "5000"),
    ] {
      let value = try await beside.pool.writeWithoutTransaction {
        try String.fetchOne($0, sql: "PRAGMA \(pragma)")
      }
      #expect(value == expected, "\(pragma)")
    }
    await beside.close()
    await service.close()
  }

  @Test func aStoreThatIsNotThereIsRefusedAndNotMade() throws {
    let place = try TemporaryPlace()
    for path in [place("none"), place("")] {
      let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(besideService: path) }
      guard case .missing = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(FileManager.default.createFile(atPath: place("keywright.db"), contents: nil))
    #expect(throws: StoreOpeningError.self) { try SQLiteStore(besideService: place("")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place("")) == ["keywright.db"])
  }

  @Test func anOlderDatabaseIsRefusedAndLeftAsItIs() async throws {
    let place = try TemporaryPlace()
    try FileManager.default.createDirectory(atPath: place("data"), withIntermediateDirectories: false)
    let database = try DatabaseQueue(path: place("data/keywright.db"))
    try await database.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = \(Schema.applicationID)")
    }
    try Schema.migrator.migrate(database, upTo: "1 keys, aliases, access keys")
    try database.close()
    let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(besideService: place("data")) }
    guard case .olderVersion = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let migrations = try await DatabaseQueue(path: place("data/keywright.db")).read {
      try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations")
    }
    #expect(migrations == ["1 keys, aliases, access keys"])
  }
}
