// A full disk refuses writes, cleanly, until it has room again.

import Foundation
import GRDB
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct FullDiskTests {
  private static let policy = String(repeating: "p", count: 20_000)

  @Test func aFullDatabaseRefusesAndRecovers() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    try await limitPages(of: store, to: 100)
    let filled = try await store.fill(upTo: 100, policy: Self.policy)
    #expect(filled.fault.kind == .internalFailure)
    #expect((filled.fault.cause as? DatabaseError)?.resultCode == .SQLITE_FULL)
    try await requireStored(filled.stored, notStored: filled.failed, in: store)

    try await limitPages(of: store, to: 1_000_000)
    try await store.insert(filled.failed)
    await store.close()
    let reopened = try SQLiteStore(directory: place("data"))
    try await requireStored(filled.stored + [filled.failed], notStored: nil, in: reopened)
    await reopened.close()
  }

  @Test func oneThatDoesNotFitDoesNotHarmItsGroup() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    try await limitPages(of: store, to: 100)
    let huge = try Records.key(0, policy: String(repeating: "p", count: 2_000_000))
    let outcomes = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
      for number in 0..<24 {
        group.addTask {
          let key = number.isMultiple(of: 6) ? huge : try Records.key(number)
          do throws(Fault) {
            try await store.insert(key)
            return (number, true)
          } catch {
            return (number, false)
          }
        }
      }
      return try await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
    }
    for number in 0..<24 {
      let isHuge = number.isMultiple(of: 6)
      let key = isHuge ? huge : try Records.key(number)
      #expect(outcomes[number] == !isHuge)
      #expect(try await (store.stored(key) != nil) == !isHuge)
    }
    await store.close()
  }

  #if os(Linux)
    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aFullDiskRefusesAndRecovers() async throws {
      let disk = try SmallDisk(kilobytes: 4096)
      let ballast = disk.path + "/ballast"
      try Data(count: 1 << 20).write(to: URL(fileURLWithPath: ballast))
      let directory = disk.path + "/data"
      let store = try SQLiteStore(directory: directory)
      let filled = try await store.fill(upTo: 1000, policy: Self.policy)
      #expect(filled.fault.kind == .internalFailure)
      #expect((filled.fault.cause as? DatabaseError)?.resultCode == .SQLITE_FULL)
      try await requireStored(filled.stored, notStored: filled.failed, in: store)
      // Many at once, while nothing fits.
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask {
            let error = await #expect(throws: Fault.self) { try await store.insert(filled.failed) }
            #expect(error?.kind == .internalFailure)
          }
        }
      }

      try FileManager.default.removeItem(atPath: ballast)
      try await store.insert(filled.failed)
      try await requireStored(filled.stored + [filled.failed], notStored: nil, in: store)
      await store.close()
      let reopened = try SQLiteStore(directory: directory)
      try await requireStored(filled.stored + [filled.failed], notStored: nil, in: reopened)
      await reopened.close()
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aStoreDoesNotOpenOnAFullDisk() async throws {
      for kilobytes in [4, 8, 16, 24, 32, 40] {
        let disk = try SmallDisk(kilobytes: kilobytes)
        let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: disk.path + "/data") }
        #expect(error?.description.contains(disk.path) == true)
      }
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aStoreDoesNotOpenOnAReadOnlyDisk() async throws {
      let disk = try SmallDisk(kilobytes: 2048)
      let store = try SQLiteStore(directory: disk.path + "/data")
      await store.close()
      try disk.makeReadOnly()
      for directory in ["data", "another"] {
        let error = #expect(throws: StoreOpeningError.self) { try SQLiteStore(directory: disk.path + "/" + directory) }
        guard case .inaccessible = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
      }
    }
  #endif

  private func limitPages(of store: SQLiteStore, to count: Int) async throws {
    try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
  }

  private func requireStored(_ keys: [Key], notStored missing: Key?, in store: SQLiteStore) async throws {
    #expect(!keys.isEmpty)
    for key in keys { #expect(try await store.stored(key) == key) }
    if let missing { #expect(try await store.stored(missing) == nil) }
  }
}
