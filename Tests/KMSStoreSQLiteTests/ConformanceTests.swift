// The suite that every store passes.

import KMSStoreSQLite
import KMSStoreTesting
import Testing

@Suite struct ConformanceTests {
  @Test(arguments: StoreConformance.checks)
  func conforms(_ check: StoreConformance.Check) async throws {
    let place = try TemporaryPlace()
    try await check.run { try SQLiteStore(directory: place("data")) }
  }

  /// Checks that tell nothing of a store in memory: it has no reads beside writes to wait for, and pages as others do.
  private static let pointlessInMemory: Set = [
    "a read sees one snapshot while another writes", "10,000 keys are paged through without loss or repetition",
  ]

  @Test(arguments: StoreConformance.checks.filter { !$0.reopens && !pointlessInMemory.contains($0.description) })
  func conformsInMemory(_ check: StoreConformance.Check) async throws {
    try await check.run { try SQLiteStore.inMemory() }
  }

  @Test func theSuiteIsWhole() {
    #expect(StoreConformance.checks.count >= 60)
    #expect(StoreConformance.checks.count { $0.reopens } < 10)
    #expect(Set(StoreConformance.checks.map(\.description)).count == StoreConformance.checks.count)
  }
}
