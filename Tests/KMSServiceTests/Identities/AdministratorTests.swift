// The administrator: made at the first start, found at every other, and not made again.

import Foundation
import KMSAccess
import KMSDomain
import KMSService
import KMSStoreSQLite
import SecureMemory
import Testing

@Suite struct AdministratorTests {
  private static func file() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "keywright test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: "administrator.json").path(percentEncoded: false)
  }

  private func start(
    _ place: IdentityStore, _ path: String, isDeclared: Bool = false
  ) async throws -> Administrator {
    try await Administrator.open(
      place.store, keys: place.keys, home: place.home, isDeclared: isDeclared, credentialsFile: path, now: Date())
  }

  @Test func itIsMadeOnceAndFoundAgain() async throws {
    let place = try await IdentityStore()
    let path = try Self.file()
    let made = try await start(place, path)
    #expect(made.credentialsFile == path)
    #expect(made.arn == "arn:aws:iam::111122223333:user/administrator")
    let written = try Data(contentsOf: URL(filePath: path))
    let first = try await place.loader().load()

    let again = try await start(place, path)
    #expect(again.credentialsFile == nil)
    #expect(again.arn == nil)
    #expect(try Data(contentsOf: URL(filePath: path)) == written)
    #expect(try await place.loader().load().revision == first.revision)

    let json = try #require(try JSONSerialization.jsonObject(with: written) as? [String: String])
    let id = try #require(json["AccessKeyId"])
    let found = try #require(first.accessKey(id))
    #expect(json["SecretAccessKey"].map { SecretBytes(Array($0.utf8)) } == found.secret)
    #expect(json["AccountId"] == "111122223333")
    #expect(json["Arn"] == found.identity.arn)
    #expect(found.isActive)
    #expect(found.identity.userID.hasPrefix("AIDA"))
    #expect(found.identity.userID.count == 21)
    guard case .policies(let policies) = found.identity.permissions else {
      Issue.record("the administrator is a user like any other")
      return
    }
    #expect(policies.map(\.name) == ["AdministratorAccess"])
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func oneThatAnOperatorMadeIsLeftAloneAndSoAreItsCredentials() async throws {
    let place = try await IdentityStore()
    let path = try Self.file()
    let own = Data("the operator's own".utf8)
    try own.write(to: URL(filePath: path))
    let user = place.user("administrator")
    let made = try await place.put(user)
    for _ in 0..<2 {
      #expect(try await start(place, path).credentialsFile == nil)
      #expect(try Data(contentsOf: URL(filePath: path)) == own)
      #expect(
        try await place.store.read { reader throws(Fault) in try reader.accessKeys(of: user.arn) }.map(\.id)
          == [made.record.id])
    }
    try await place.store.write { transaction throws(Fault) in try transaction.deletePrincipal(user.arn) }
    #expect(try await start(place, path).arn == nil)
    #expect(try await place.store.read { reader throws(Fault) in try reader.principal(user.arn) } == nil)
    #expect(try Data(contentsOf: URL(filePath: path)) == own)
  }

  @Test("One that is declared is the administrator: no other is made, then or later")
  func oneThatIsDeclared() async throws {
    let place = try await IdentityStore()
    let path = try Self.file()
    for isDeclared in [true, true, false] {
      #expect(try await start(place, path, isDeclared: isDeclared).arn == nil)
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(try await place.store.read { reader throws(Fault) in try reader.allPrincipals() } == [])
    }
  }

  @Test(
    "Names are told apart whatever their case and path",
    arguments: [
      ("administrator", true), ("Administrator", true), ("admin", false),
    ])
  func names(name: String, isTaken: Bool) async throws {
    let place = try await IdentityStore()
    #expect(Administrator.hasName(place.user(name), in: place.home.account) == isTaken)
    let other = try #require(AccountID("444455556666"))
    #expect(!Administrator.hasName(place.user(name), in: other))
  }

  @Test func oneThatWasDeletedStaysDeleted() async throws {
    let place = try await IdentityStore()
    let path = try Self.file()
    let made = try await start(place, path)
    let arn = try #require(made.arn)
    try await place.store.write { transaction throws(Fault) in try transaction.deletePrincipal(arn) }
    #expect(try await start(place, path).arn == nil)
    #expect(try await place.store.read { reader throws(Fault) in try reader.principal(arn) } == nil)
    #expect(try await place.store.read { reader throws(Fault) in try reader.accessKeys(of: arn) } == [])
  }

  @Test func oneWhoseFirstAccessKeyWasReplacedStaysAsItIs() async throws {
    let place = try await IdentityStore()
    let path = try Self.file()
    let made = try await start(place, path)
    let arn = try #require(made.arn)
    let stored = try await place.store.read { reader throws(Fault) in try reader.principal(arn) }
    let user = try #require(stored)
    let first = try await place.store.read { reader throws(Fault) in try reader.accessKeys(of: arn) }
    let second = try await place.put(user)
    try await place.store.write { transaction throws(Fault) in
      for key in first { try transaction.deleteAccessKey(key.id) }
    }
    #expect(try await start(place, path).arn == nil)
    let keys = try await place.store.read { reader throws(Fault) in try reader.accessKeys(of: arn) }
    #expect(keys.map(\.id) == [second.record.id])
  }

  @Test(arguments: ["aws", "aws-cn"])
  func oneOfAnOlderStoreBecomesAUser(partition: String) async throws {
    let place = try await IdentityStore()
    let user = Principal(
      id: "", partition: partition, account: place.home.account, kind: .user, name: "administrator",
      creationDate: Date())
    let (record, secret) = try place.keys.makeAccessKey(for: user, now: Date())
    try await place.store.write { transaction throws(Fault) in
      try transaction.put(record)
      try transaction.setProperty("administrator-access-key", to: Array(record.id.utf8))
    }
    #expect(try await place.loader().load().accessKey(record.id) == nil)
    let path = try Self.file()
    for _ in 0..<2 {
      #expect(try await start(place, path).arn == nil)
      let set = try await place.loader().load()
      let found = try #require(set.accessKey(record.id))
      #expect(found.identity.arn == user.arn)
      #expect(found.secret == secret)
      #expect(set.problems == [])
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
