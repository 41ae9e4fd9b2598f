// A database of an earlier version opens as one of this, with everything in it.

import Foundation
import GRDB
import KMSDomain
import Testing

@testable import KMSStoreSQLite

@Suite struct MigrationTests {
  private static let plain = "00000000-0000-4000-8000-000000000001"
  private static let related = "mrk-00000000000000000000000000000002"
  private static let waiting = "00000000-0000-4000-8000-000000000003"
  private static let materialIDs = ["a", "b", "c"].map { String(repeating: $0, count: 64) }

  /// A database of the first version: keys with three, one and no materials, and all else that it could hold.
  private func makeFirstVersion(in directory: String) throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    let database = try DatabaseQueue(path: directory + "/keywright.db", configuration: configuration)
    try database.writeWithoutTransaction { database in
      try database.execute(
        sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = \(Schema.applicationID)")
    }
    try Schema.migrator.migrate(database, upTo: "1 keys, aliases, access keys")
    try database.write { database in
      try database.execute(
        sql: """
          INSERT INTO key (region, id, account, creation_date, spec, usage, origin, state, deletion_date,
            current_material_id, tags, description, public_key, policy)
          VALUES
            ('eu-central-1', '\(Self.plain)', '111122223333', 1700000000123, 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT',
              'AWS_KMS', 'PendingDeletion', 1800000000456, '\(Self.materialIDs[2])',
              '[{"key":"k","value":"v"}]', 'a description', NULL, 'a policy'),
            ('eu-central-1', '\(Self.related)', '444455556666', 1700000000000, 'ECC_NIST_P256', 'SIGN_VERIFY',
              'AWS_KMS', 'Enabled', NULL, '\(Self.materialIDs[0])', '[]', CAST(x'610062' AS TEXT), x'0102', ''),
            ('us-east-1', '\(Self.related)', '444455556666', 1700000000000, 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT',
              'AWS_KMS', 'Disabled', NULL, '\(Self.materialIDs[1])', '[]', '', NULL, 'p'),
            ('eu-central-1', '\(Self.waiting)', '111122223333', 1700000000000, 'HMAC_256', 'GENERATE_VERIFY_MAC',
              'EXTERNAL', 'PendingImport', NULL, NULL, '[]', '', NULL, 'p');
          INSERT INTO key_material (region, key_id, ordinal, id, creation_date, wrapped) VALUES
            ('eu-central-1', '\(Self.plain)', 0, '\(Self.materialIDs[0])', 1, x'AA'),
            ('eu-central-1', '\(Self.plain)', 1, '\(Self.materialIDs[1])', 2, x'BB'),
            ('eu-central-1', '\(Self.plain)', 2, '\(Self.materialIDs[2])', 3, x''),
            ('eu-central-1', '\(Self.related)', 0, '\(Self.materialIDs[0])', 4, x'DD'),
            ('us-east-1', '\(Self.related)', 0, '\(Self.materialIDs[1])', 5, x'EE');
          INSERT INTO alias (account, region, name, key_id, creation_date, last_updated_date)
          VALUES ('111122223333', 'eu-central-1', 'alias/app', '\(Self.plain)', 6, 7);
          INSERT INTO access_key (id, account, principal_arn, creation_date, wrapped_secret)
          VALUES ('AKIA', '111122223333', 'arn', 8, x'01');
          INSERT INTO property (name, value) VALUES ('p', x'02');
          """)
    }
    try database.close()
  }

  private func expectedKeys() throws -> [Key] {
    let central = try #require(Region("eu-central-1"))
    let east = try #require(Region("us-east-1"))
    let first = try #require(AccountID("111122223333"))
    let second = try #require(AccountID("444455556666"))
    func date(_ milliseconds: Double) -> Date { Date(timeIntervalSince1970: milliseconds / 1000) }
    func material(_ number: Int, _ bytes: [UInt8], _ milliseconds: Double, isCurrent: Bool = true) -> WrappedKeyMaterial
    {
      WrappedKeyMaterial(
        id: Self.materialIDs[number], wrapped: bytes, creationDate: date(milliseconds),
        state: isCurrent ? .current : .nonCurrent)
    }
    return [
      Key(
        id: try #require(KeyID(Self.plain)), home: AccountRegion(account: first, region: central),
        creationDate: date(1_700_000_000_123), spec: .symmetricDefault, usage: .encryptDecrypt, origin: .awsKMS,
        description: "a description", state: .pendingDeletion, deletionDate: date(1_800_000_000_456),
        policy: "a policy", tags: [Tag(key: "k", value: "v")],
        materials: [
          material(0, [0xAA], 1, isCurrent: false), material(1, [0xBB], 2, isCurrent: false), material(2, [], 3),
        ]),
      Key(
        id: try #require(KeyID(Self.related)), home: AccountRegion(account: second, region: central),
        creationDate: date(1_700_000_000_000), spec: .eccNISTP256, usage: .signVerify, origin: .awsKMS,
        description: "a\u{0}b", state: .enabled, policy: "", materials: [material(0, [0xDD], 4)], publicKey: [1, 2],
        multiRegion: MultiRegionRole(primaryRegion: central)),
      Key(
        id: try #require(KeyID(Self.related)), home: AccountRegion(account: second, region: east),
        creationDate: date(1_700_000_000_000), spec: .symmetricDefault, usage: .encryptDecrypt, origin: .awsKMS,
        description: "", state: .disabled, policy: "p", materials: [material(1, [0xEE], 5)],
        multiRegion: MultiRegionRole(primaryRegion: east)),
      Key(
        id: try #require(KeyID(Self.waiting)), home: AccountRegion(account: first, region: central),
        creationDate: date(1_700_000_000_000), spec: .hmac256, usage: .generateVerifyMAC, origin: .external,
        description: "", state: .pendingImport, policy: "p"),
    ]
  }

  @Test func theFirstVersionOpensWithEverythingInIt() async throws {
    let place = try TemporaryPlace()
    try makeFirstVersion(in: place("data"))
    let keys = try expectedKeys()
    for _ in 0..<2 {
      let store = try SQLiteStore(directory: place("data"))
      for key in keys { #expect(try await store.stored(key) == key) }
      let due = try await store.read { reader throws(Fault) in
        try reader.keysDueForDeletion(at: .distantFuture, limit: 9)
      }
      #expect(due == [keys[0].name])
      let counts = try await store.read { reader throws(Fault) in
        var counts: [Int] = []
        for key in keys { counts.append(try reader.keyCount(in: key.home)) }
        return counts
      }
      #expect(counts == [2, 1, 1, 2])
      let (alias, accessKey, property) = try await store.read { [name = AliasName("alias/app")] reader throws(Fault) in
        (
          try name.map { name throws(Fault) in try reader.alias(name, in: keys[0].home) },
          try reader.accessKey("AKIA"), try reader.property("p")
        )
      }
      #expect(alias??.targetKeyID == keys[0].id)
      #expect(alias??.lastUpdatedDate == Date(timeIntervalSince1970: 0.007))
      #expect(accessKey?.wrappedSecret == [1])
      #expect(property == [2])
      await store.close()
    }
  }

  @Test func theFirstVersionBecomesWhatAnEmptyDatabaseBecomes() async throws {
    let place = try TemporaryPlace()
    try makeFirstVersion(in: place("data"))
    let migrated = try SQLiteStore(directory: place("data"))
    let fresh = try SQLiteStore(directory: place("fresh"))
    func schema(_ store: SQLiteStore) async throws -> [String] {
      try await store.pool.read {
        try String.fetchAll(
          $0, sql: "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema ORDER BY 1")
      }
    }
    #expect(try await schema(migrated) == schema(fresh))
    for check in ["integrity_check", "foreign_key_check"] {
      let problems = try await migrated.pool.read { try Row.fetchAll($0, sql: "PRAGMA \(check)").map(\.description) }
      #expect(problems == (check == "integrity_check" ? ["[integrity_check:\"ok\"]"] : []))
    }
    await migrated.close()
    await fresh.close()
  }

  @Test func aMigratedKeyChangesCountsAndGoesAsAnyOther() async throws {
    let place = try TemporaryPlace()
    try makeFirstVersion(in: place("data"))
    let store = try SQLiteStore(directory: place("data"))
    let keys = try expectedKeys()
    var key = keys[0]
    key.cancelDeletion()
    key.enable()
    key.setRotation(RotationSchedule(periodInDays: 90, from: key.creationDate))
    key.rotate(
      to: WrappedKeyMaterial(id: String(repeating: "d", count: 64), wrapped: [1], creationDate: key.creationDate),
      .init(date: key.creationDate, cause: .onDemand))
    let changed = key
    try await store.write { transaction throws(Fault) in try transaction.update(changed) }
    #expect(try await store.stored(changed) == changed)
    let seen = try await store.write { transaction throws(Fault) in
      let due = try transaction.keysDueForRotation(at: .distantFuture, limit: 9)
      try transaction.deleteKey(changed.id, region: changed.home.region)
      return (
        due, try transaction.keyCount(in: changed.home), try transaction.aliasCount(of: changed.id, in: changed.home)
      )
    }
    #expect(seen.0 == [changed.name])
    #expect(seen.1 == 1)
    #expect(seen.2 == 0)
    #expect(try await store.stored(changed) == nil)
    let left = try await store.pool.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM key_material WHERE key_id = ?", arguments: [Self.plain])
    }
    #expect(left == 0)
    await store.close()
  }
}
