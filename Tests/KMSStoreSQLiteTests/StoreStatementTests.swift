// Every statement's cost stays flat as tables grow.

import GRDB
import Testing

@testable import KMSStoreSQLite

@Suite struct StoreStatementTests {
  @Test(arguments: StoreStatement.allCases)
  func findsItsRowsThroughAnIndex(_ statement: StoreStatement) async throws {
    let plan = try await plan("QUERY PLAN ", statement) { try $0.decode(String.self, forColumn: "detail") }
    #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
    if !statement.rawValue.hasPrefix("INSERT") { #expect(plan.contains { $0.hasPrefix("SEARCH") }, "\(plan)") }
  }

  /// Where several indexes would do, SQLite must take the one that leaves the fewest rows.
  @Test(arguments: [
    (StoreStatement.selectKeysDueForDeletion, "key_by_deletion_date (deletion_date<?)"),
    (.selectKeysDueForRotation, "key_by_rotation_date (next_rotation_date<?)"),
    (.selectKeysWithExpiredMaterial, "key_by_expiry_date (expiry_date<?)"),
    (.selectKeyIDs, "key_by_owner (account=? AND region=? AND id>?)"),
    (.selectAliases, "PRIMARY KEY (account=? AND region=? AND name>?)"),
    (.selectAliasesOfKey, "alias_by_key (account=? AND region=? AND key_id=? AND name>?)"),
    (.countAliasesOfKey, "alias_by_key (account=? AND region=? AND key_id=?)"),
    (.selectGrant, "PRIMARY KEY (region=? AND key_id=? AND id=?)"),
    (.selectGrants, "PRIMARY KEY (region=? AND key_id=? AND id>?)"),
    (.selectGrantsOfGrantee, "grant_by_grantee (region=? AND key_id=? AND grantee_principal=? AND id>?)"),
    (.selectGrantsByName, "grant_by_name (region=? AND key_id=? AND name=?)"),
    (
      .selectRetirableGrants,
      "grant_by_retiring_principal (region=? AND retiring_principal=? AND (id,key_id)>(?,?))"
    ),
    (.selectCustomKeyStores, "custom_key_store_by_name (account=? AND region=? AND name>?)"),
    (.selectKeyInCustomKeyStore, "key_by_custom_key_store (account=? AND region=? AND custom_key_store_id=?)"),
    (
      .selectKeyByExternalKey,
      "key_by_custom_key_store (account=? AND region=? AND custom_key_store_id=? AND external_key_id=?)"
    ),
    (.selectPrincipals, "sqlite_autoindex_principal_1 (arn>?)"),
    (.selectPrincipalsOfAccount, "principal_by_account (account=? AND arn>?)"),
    (.selectAccessKeysOfPrincipal, "access_key_by_principal (principal_arn=?)"),
    (.deleteAccessKeysOfPrincipal, "access_key_by_principal (principal_arn=?)"),
  ])
  func takesTheBestIndex(_ statement: StoreStatement, _ index: String) async throws {
    let plan = try await plan("QUERY PLAN ", statement) { try $0.decode(String.self, forColumn: "detail") }
    #expect(plan.count == 1)
    #expect(plan.allSatisfy { $0.hasSuffix(index) }, "\(plan)")
  }

  /// Foreign keys and triggers run statements of their own. A table that is read from its beginning shows in the
  /// program as a `Rewind` of a cursor on it.
  @Test(arguments: StoreStatement.allCases.filter { !$0.rawValue.hasPrefix("SELECT") })
  func whatItSetsOffFindsItsRowsThroughAnIndex(_ statement: StoreStatement) async throws {
    let program = try await plan("", statement) { row in
      (
        opcode: try row.decode(String.self, forColumn: "opcode"), cursor: try row.decode(Int.self, forColumn: "p1"),
        text: try row.decode(String?.self, forColumn: "p4") ?? ""
      )
    }
    // Each program, the statement's own and those it sets off, numbers its cursors anew.
    var tables: Set<Int> = []
    for step in program {
      switch step.opcode {
      case "Init": tables = []
      case "OpenRead", "OpenWrite", "ReopenIdx": tables.insert(step.cursor)
      case "OpenEphemeral": tables.remove(step.cursor)
      case "Rewind", "Last": #expect(!tables.contains(step.cursor), "\(program)")
      default: break
      }
    }
    #expect(!program.isEmpty)
  }

  private func plan<Value: Sendable>(
    _ kind: String, _ statement: StoreStatement, _ decode: @escaping @Sendable (Row) throws -> Value
  ) async throws -> [Value] {
    let store = try SQLiteStore.temporary()
    let plan = try await store.pool.read { database in
      let explanation = try database.makeStatement(sql: "EXPLAIN \(kind)" + statement.rawValue)
      explanation.setUncheckedArguments([])
      return try Row.fetchAll(explanation).map(decode)
    }
    await store.close()
    return plan
  }
}
