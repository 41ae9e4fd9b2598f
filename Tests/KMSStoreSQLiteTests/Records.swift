// Records for the tests of this backend; the conformance suite has its own.

import Foundation
import KMSDomain
import KMSStoreSQLite
import Testing

/// Makes keys.
enum Records {
  /// The key number `number`.
  static func key(_ number: Int, policy: String = "{}") throws -> Key {
    let account = try #require(AccountID("111122223333"))
    let region = try #require(Region("eu-central-1"))
    let bytes = withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) } + [UInt8](repeating: 7, count: 8)
    return Key(
      id: try #require(KeyID(random: bytes, multiRegion: true)), home: AccountRegion(account: account, region: region),
      creationDate: Date(timeIntervalSince1970: 1_767_225_600), spec: .symmetricDefault, usage: .encryptDecrypt,
      origin: .awsKMS, description: "", state: .enabled, policy: policy,
      materials: [
        WrappedKeyMaterial(
          id: String(repeating: "ab", count: 32), wrapped: [UInt8](repeating: 9, count: 60),
          creationDate: Date(timeIntervalSince1970: 1_767_225_600))
      ])
  }
}

extension SQLiteStore {
  /// Adds a key.
  func insert(_ key: Key) async throws(Fault) {
    try await write { transaction throws(Fault) in try transaction.insert(key) }
  }

  /// The stored record of the same key.
  func stored(_ key: Key) async throws(Fault) -> Key? {
    try await read { reader throws(Fault) in try reader.key(key.id, region: key.home.region) }
  }

  /// Adds keys until one fails.
  ///
  /// - Returns: the keys added, and the one that failed with its fault.
  func fill(upTo limit: Int, policy: String) async throws -> (stored: [Key], failed: Key, fault: Fault) {
    var stored: [Key] = []
    while stored.count < limit {
      let key = try Records.key(stored.count, policy: policy)
      do throws(Fault) {
        try await insert(key)
      } catch {
        return (stored, key, error)
      }
      stored.append(key)
    }
    throw NeverFullError()
  }
}

/// A disk that should have filled up and did not.
struct NeverFullError: Error {}
