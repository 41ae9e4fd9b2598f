// Root key, store keys and administrator: what a start finds and makes, and what it refuses.

import Foundation
import KMSAccess
import KMSCrypto
import KMSDomain
import KMSService
import KMSStoreSQLite
import SecureMemory
import Testing

@Suite struct StartupTests {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "keywright-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func rootKeyFileRoundTrip() throws {
    let file = RootKeyFile(path: try Self.folder().appending(path: "root.key").path())
    let key = RandomBytes.bytes(count: 32)
    try file.create(key)
    #expect(try file.load() == key)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func anExistingRootKeyIsNeverReplaced() throws {
    let file = RootKeyFile(path: try Self.folder().appending(path: "root.key").path())
    let key = RandomBytes.bytes(count: 32)
    try file.create(key)
    #expect(throws: RootKeyFile.Failure.self) { try file.create(RandomBytes.bytes(count: 32)) }
    #expect(try file.load() == key)
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o666])
  func aRootKeyThatOthersCanReadIsRefused(mode: Int) throws {
    let file = RootKeyFile(path: try Self.folder().appending(path: "root.key").path())
    try file.create(RandomBytes.bytes(count: 32))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    #expect { try file.load() } throws: { "\($0)".contains("chmod 600") }
  }

  @Test(arguments: [0, 31, 33])
  func aRootKeyOfAnotherSizeIsRefused(count: Int) throws {
    let file = RootKeyFile(path: try Self.folder().appending(path: "root.key").path())
    try file.create(RandomBytes.bytes(count: count))
    #expect { try file.load() } throws: { "\($0)".contains("has \(count) bytes") }
  }

  @Test func aMissingRootKeyIsSaidToBeMissing() throws {
    let file = RootKeyFile(path: try Self.folder().appending(path: "root.key").path())
    #expect { try file.load() } throws: { "\($0)".contains("is missing") }
  }

  @Test func aLinkIsNoRootKeyFile() throws {
    let folder = try Self.folder()
    try RootKeyFile(path: folder.appending(path: "real").path()).create(RandomBytes.bytes(count: 32))
    let link = folder.appending(path: "root.key").path()
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.appending(path: "real").path())
    #expect(throws: RootKeyFile.Failure.self) { try RootKeyFile(path: link).load() }
  }

  @Test func anotherRootKeyDoesNotOpenTheStore() async throws {
    let store = try SQLiteStore.temporary()
    let rootKey = RandomBytes.bytes(count: 32)
    #expect(try await StoreKeys.exist(in: store) == false)
    _ = try await StoreKeys.open(store, rootKey: rootKey)
    #expect(try await StoreKeys.exist(in: store))
    _ = try await StoreKeys.open(store, rootKey: rootKey)
    await #expect { try await StoreKeys.open(store, rootKey: RandomBytes.bytes(count: 32)) } throws: {
      "\($0)".contains("does not open this store")
    }
  }

  @Test func theAdministratorIsMadeOnceAndFoundAgain() async throws {
    let store = try SQLiteStore.temporary()
    let keys = try await StoreKeys.open(store, rootKey: RandomBytes.bytes(count: 32))
    let path = try Self.folder().appending(path: "administrator.json").path()
    let home = AccountRegion(
      account: try #require(AccountID("111122223333")), region: try #require(Region("us-east-1")))
    let made = try await Administrator.open(store, keys: keys, home: home, credentialsFile: path, now: Date())
    #expect(made.credentialsFile == path)
    let written = try Data(contentsOf: URL(filePath: path))

    let found = try await Administrator.open(store, keys: keys, home: home, credentialsFile: path, now: Date())
    #expect(found.credentialsFile == nil)
    #expect(found.principal.accessKeyID == made.principal.accessKeyID)
    #expect(found.principal.secretAccessKey == made.principal.secretAccessKey)
    #expect(try Data(contentsOf: URL(filePath: path)) == written)

    let json = try #require(try JSONSerialization.jsonObject(with: written) as? [String: String])
    #expect(json["AccessKeyId"] == made.principal.accessKeyID)
    #expect(json["SecretAccessKey"].map { SecretBytes(Array($0.utf8)) } == made.principal.secretAccessKey)
    #expect(json["AccountId"] == "111122223333")
    #expect(json["Arn"] == "arn:aws:iam::111122223333:user/administrator")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }
}
