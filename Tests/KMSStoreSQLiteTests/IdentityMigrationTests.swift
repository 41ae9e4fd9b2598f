// A database of the second version, which knew access keys but no principals.

import Foundation
import GRDB
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct IdentityMigrationTests {
  private static let arn = "arn:aws:iam::111122223333:user/administrator"

  private func makeSecondVersion(in directory: String) throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    let database = try DatabaseQueue(path: directory + "/keywright.db")
    try database.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = \(Schema.applicationID)")
    }
    try Schema.migrator.migrate(
      database, upTo: "2 grants, generations of material, related keys, custom key stores")
    try database.write { database in
      try database.execute(
        sql: """
          INSERT INTO access_key (id, account, principal_arn, creation_date, wrapped_secret)
          VALUES ('AKIA2', '111122223333', '\(Self.arn)', 8, x'01'), ('AKIA1', '111122223333', '\(Self.arn)', 9, x'02'),
            ('AKIA3', '444455556666', 'arn', 10, x'');
          INSERT INTO property (name, value) VALUES ('administrator-access-key', CAST('AKIA2' AS BLOB));
          """)
    }
    try database.close()
  }

  @Test func accessKeysStayAndAreActive() async throws {
    let place = try TemporaryPlace()
    try makeSecondVersion(in: place("data"))
    let account = try #require(AccountID("111122223333"))
    for _ in 0..<2 {
      let store = try SQLiteStore(directory: place("data"))
      let (ofUser, all, principals, revision, property) = try await store.read { reader throws(Fault) in
        (
          try reader.accessKeys(of: Self.arn), try reader.accessKeys(after: nil, limit: 9),
          try reader.principals(after: nil, limit: 9), try reader.identityRevision(),
          try reader.property("administrator-access-key")
        )
      }
      #expect(
        ofUser == [
          AccessKey(
            id: "AKIA1", account: account, principalARN: Self.arn, wrappedSecret: [2],
            creationDate: Date(timeIntervalSince1970: 0.009)),
          AccessKey(
            id: "AKIA2", account: account, principalARN: Self.arn, wrappedSecret: [1],
            creationDate: Date(timeIntervalSince1970: 0.008)),
        ])
      #expect(all.map(\.id) == ["AKIA1", "AKIA2", "AKIA3"])
      #expect(all.map(\.isActive) == [true, true, true])
      #expect(principals == [])
      #expect(revision == 0)
      #expect(property == Array("AKIA2".utf8))
      await store.close()
    }
  }

  @Test func aMigratedAccessKeyIsDisabledAndDeletedAsAnyOther() async throws {
    let place = try TemporaryPlace()
    try makeSecondVersion(in: place("data"))
    let store = try SQLiteStore(directory: place("data"))
    let found = try await store.read { reader throws(Fault) in try reader.accessKey("AKIA2") }
    var key = try #require(found)
    key.isActive = false
    let disabled = key
    try await store.write { transaction throws(Fault) in try transaction.put(disabled) }
    #expect(try await store.read { reader throws(Fault) in try reader.accessKey("AKIA2") } == disabled)
    try await store.write { transaction throws(Fault) in try transaction.deletePrincipal(Self.arn) }
    #expect(try await store.read { reader throws(Fault) in try reader.accessKeys(of: Self.arn) } == [])
    #expect(try await store.read { reader throws(Fault) in try reader.accessKey("AKIA3") } != nil)
    await store.close()
  }

  @Test func thereAreNoHalvesOfPrincipals() async throws {
    let place = try TemporaryPlace()
    let store = try SQLiteStore(directory: place("data"))
    let principal = Principal(
      id: "AIDA", partition: "aws", account: try #require(AccountID("111122223333")), kind: .user, name: "alice",
      creationDate: Date(timeIntervalSince1970: 0))
    try await store.write { transaction throws(Fault) in try transaction.put(principal) }
    // Whoever moves a row to another ARN does not get a principal of that ARN.
    try await store.pool.write { database in
      try database.execute(sql: "UPDATE principal SET arn = 'arn:aws:iam::111122223333:user/bob'")
    }
    await #expect(throws: Fault.self) {
      try await store.read { reader throws(Fault) in
        try reader.principal("arn:aws:iam::111122223333:user/bob")
      }
    }
    await store.close()
  }
}
