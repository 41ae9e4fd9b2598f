// Root key and store keys: what a start finds and makes, and what it refuses.

import Foundation
import KMSCrypto
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

  /// Where a file of a folder is.
  private static func path(_ name: String, in folder: URL) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  @Test(arguments: ["plain", "a b", "a%20b", "ä?#", "/"])
  func rootKeyFileRoundTrip(name: String) throws {
    let folder = try Self.folder().appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = RootKeyFile(path: Self.path("root.key", in: folder))
    let key = RandomBytes.bytes(count: 32)
    try file.create(key)
    #expect(try file.load() == key)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func anExistingRootKeyIsNeverReplaced() throws {
    let file = RootKeyFile(path: Self.path("root.key", in: try Self.folder()))
    let key = RandomBytes.bytes(count: 32)
    try file.create(key)
    #expect(throws: RootKeyFile.Failure.self) { try file.create(RandomBytes.bytes(count: 32)) }
    #expect(try file.load() == key)
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o666])
  func aRootKeyThatOthersCanReadIsRefused(mode: Int) throws {
    let file = RootKeyFile(path: Self.path("root.key", in: try Self.folder()))
    try file.create(RandomBytes.bytes(count: 32))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    #expect { try file.load() } throws: { "\($0)".contains("chmod 600") }
  }

  @Test(arguments: [0, 31, 33])
  func aRootKeyOfAnotherSizeIsRefused(count: Int) throws {
    let file = RootKeyFile(path: Self.path("root.key", in: try Self.folder()))
    try file.create(RandomBytes.bytes(count: count))
    #expect { try file.load() } throws: { "\($0)".contains("has \(count) bytes") }
  }

  @Test func aMissingRootKeyIsSaidToBeMissing() throws {
    let file = RootKeyFile(path: Self.path("root.key", in: try Self.folder()))
    #expect { try file.load() } throws: { "\($0)".contains("is missing") }
  }

  @Test func aLinkIsNoRootKeyFile() throws {
    let folder = try Self.folder()
    try RootKeyFile(path: Self.path("real", in: folder)).create(RandomBytes.bytes(count: 32))
    let link = Self.path("root.key", in: folder)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: Self.path("real", in: folder))
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
}
