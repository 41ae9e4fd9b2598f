// The data directory: who may read it, and that one store at a time has it.

import Foundation
import GRDB
import Testing

@testable import KMSStoreSQLite

@Suite struct DirectoryTests {
  @Test func aSecondStoreIsRefusedUntilTheFirstCloses() async throws {
    let place = try TemporaryPlace()
    let first = try SQLiteStore(directory: place("data"))
    #expect(throws: StoreLockedError(path: place("data/lock"))) { try SQLiteStore(directory: place("data")) }
    try await first.insert(try Records.key(1))
    await first.close()
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: place("data"))) == ["keywright.db", "lock"])
    let second = try SQLiteStore(directory: place("data"))
    #expect(try await second.stored(try Records.key(1)) == Records.key(1))
    #expect(throws: StoreLockedError.self) { try SQLiteStore(directory: place("data")) }
    await second.close()
  }

  @Test func anotherProcessIsRefusedToo() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    #expect(try run("flock", "-n", place("data/lock"), "true") == 1)
    await store.close()
    #expect(try run("flock", "-n", place("data/lock"), "true") == 0)
  }

  @Test func aStoreThatIsDroppedLetsGoOfItsDirectory() async throws {
    let place = try TemporaryPlace()
    do { _ = try SQLiteStore(directory: place("data")) }
    // Its connections go a moment later, and the lock with them.
    for attempt in 1...200 {
      do {
        try await SQLiteStore(directory: place("data")).close()
        return
      } catch let error as StoreLockedError where attempt < 200 {
        #expect(error.path == place("data/lock"))
        try await Task.sleep(for: .milliseconds(25))
      }
    }
  }

  @Test func aStoreThatCannotBeOpenedLetsGoOfItsDirectory() async throws {
    let place = try TemporaryPlace()
    try FileManager.default.createDirectory(atPath: place("data"), withIntermediateDirectories: false)
    try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: place("data/keywright.db")))
    #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: place("data")) }
    try FileManager.default.removeItem(atPath: place("data/keywright.db"))
    let next = try SQLiteStore(directory: place("data"))
    await next.close()
  }

  @Test func everythingIsItsOwnersAlone() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("a/b/"))
    try await store.insert(try Records.key(1))
    #expect(try mode(place("a")) == 0o700)
    #expect(try mode(place("a/b")) == 0o700)
    let files = try FileManager.default.contentsOfDirectory(atPath: place("a/b"))
    #expect(Set(files) == ["keywright.db", "keywright.db-wal", "keywright.db-shm", "lock"])
    for file in files { #expect(try mode(place("a/b/" + file)) == 0o600, "\(file)") }
    await store.close()
  }

  @Test func aDirectoryThatExistsKeepsItsModeAndADatabaseLosesWhatOthersMayDo() async throws {
    let place = try TemporaryPlace()
    try FileManager.default.createDirectory(
      atPath: place("data"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o750])
    #expect(FileManager.default.createFile(atPath: place("data/keywright.db"), contents: nil))
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: place("data/keywright.db"))
    let store = try SQLiteStore(directory: place("data"))
    #expect(try mode(place("data")) == 0o750)
    #expect(try mode(place("data/keywright.db")) == 0o600)
    #expect(try mode(place("data/keywright.db-wal")) == 0o600)
    await store.close()
  }

  @Test func aTemporaryStoreLeavesNothing() async throws {
    let store = try SQLiteStore.temporary()
    let directory = URL(fileURLWithPath: store.pool.path).deletingLastPathComponent().path
    #expect(try mode(directory) == 0o700)
    try await store.insert(try Records.key(1))
    #expect(try await store.stored(try Records.key(1)) != nil)
    await store.close()
    #expect(!FileManager.default.fileExists(atPath: directory))
  }

  private func run(_ command: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
