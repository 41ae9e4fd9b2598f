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

  @Test func theSuiteIsWhole() {
    #expect(StoreConformance.checks.count >= 60)
    #expect(Set(StoreConformance.checks.map(\.description)).count == StoreConformance.checks.count)
  }
}
