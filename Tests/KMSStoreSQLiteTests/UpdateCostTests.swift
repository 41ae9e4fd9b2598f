// What an update of a key writes: what changed, however much material the key has.

import Foundation
import GRDB
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct UpdateCostTests {
  private let store: SQLiteStore
  private let key: Key

  init() async throws {
    store = try SQLiteStore.temporary()
    let sample = try Records.key(1)
    key = Key(
      id: sample.id, home: sample.home, creationDate: sample.creationDate, spec: sample.spec, usage: sample.usage,
      origin: .external, description: "", state: .enabled, policy: "{}",
      materials: (0..<1000).map { number in
        WrappedKeyMaterial(
          id: Self.id(number), wrapped: [UInt8](repeating: 1, count: 60), creationDate: sample.creationDate,
          state: number == 999 ? .current : .nonCurrent)
      })
    try await store.insert(key)
  }

  private static func id(_ number: Int) -> String { String(repeating: "0", count: 60) + "\(1000 + number)" }

  /// How many rows an update writes.
  private func rowsWritten(by change: (inout Key) -> Void) async throws -> Int {
    var changed = key
    change(&changed)
    let before = try await changes()
    try await store.write { [changed] transaction throws(Fault) in try transaction.update(changed) }
    let after = try await changes()
    #expect(try await store.stored(changed) == changed)
    return after - before
  }

  private func changes() async throws -> Int {
    try await store.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "SELECT total_changes()") } ?? 0
  }

  @Test func aChangeBesideTheMaterialWritesTheKeyOnly() async throws {
    #expect(try await rowsWritten { $0.description = "another" } == 1)
    await store.close()
  }

  @Test func aRotationWritesTheKeyTheLastMaterialAndTheNew() async throws {
    let next = WrappedKeyMaterial(id: Self.id(1000), wrapped: [2], creationDate: key.creationDate)
    #expect(try await rowsWritten { $0.rotate(to: next, .init(date: next.creationDate, cause: .automatic)) } == 3)
    await store.close()
  }

  @Test(arguments: [0, 500, 999])
  func aChangeOfOneMaterialWritesTheKeyAndThat(number: Int) async throws {
    #expect(try await rowsWritten { $0.changeMaterial(Self.id(number)) { $0.wrapped = nil } } == 2)
    await store.close()
  }
}
