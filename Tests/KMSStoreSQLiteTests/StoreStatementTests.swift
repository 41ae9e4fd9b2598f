// Every statement's cost stays flat as tables grow.

import GRDB
import Testing

@testable import KMSStoreSQLite

@Suite struct StoreStatementTests {
  @Test(arguments: StoreStatement.allCases)
  func findsItsRowsThroughAnIndex(_ statement: StoreStatement) async throws {
    let store = try SQLiteStore.temporary()
    let plan = try await store.pool.read { database in
      let explanation = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + statement.rawValue)
      explanation.setUncheckedArguments([])
      return try Row.fetchAll(explanation).map { try $0.decode(String.self, forColumn: "detail") }
    }
    await store.close()
    #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
    if !statement.rawValue.hasPrefix("INSERT") { #expect(plan.contains { $0.hasPrefix("SEARCH") }, "\(plan)") }
  }
}
