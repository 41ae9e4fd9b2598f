// Records for the checks.

import struct FoundationEssentials.Date
import KMSDomain

/// Makes records that differ where the checks need them to.
enum Samples {
  /// Two accounts in two Regions.
  static let home = place("111122223333", "eu-central-1")
  static let otherAccount = place("444455556666", "eu-central-1")
  static let otherRegion = place("111122223333", "us-east-1")

  /// A whole number of milliseconds, and not of seconds.
  static let date = date(milliseconds: 1_767_225_600_123)

  /// The instant so many milliseconds after 1970.
  static func date(milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

  /// The id number `number`; ids are in the order of their numbers.
  static func id(_ number: Int, multiRegion: Bool = false) -> KeyID {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * (7 - $0))) } + [UInt8](repeating: 0xA5, count: 8)
    // The version digit of a UUID replaces four bits; ids in order need those above it only.
    let shifted = Array(bytes[2..<8]) + [0, 0] + Array(bytes[8...])
    return required(KeyID(random: shifted, multiRegion: multiRegion))
  }

  /// The alias `alias/` and `suffix`.
  static func name(_ suffix: String) -> AliasName { required(AliasName("alias/" + suffix)) }

  /// A symmetric key with one material, enabled.
  static func key(
    _ number: Int, in home: AccountRegion = home, state: KeyState = .enabled, deletion: Date? = nil
  ) -> Key {
    Key(
      id: id(number), home: home, creationDate: date, spec: .symmetricDefault, usage: .encryptDecrypt, origin: .awsKMS,
      description: "key \(number)", state: state, deletionDate: deletion, policy: #"{"Statement":[]}"#,
      tags: [Tag(key: "number", value: "\(number)")], materials: [material(0)], currentMaterialID: material(0).id)
  }

  /// The material number `number` of some key.
  static func material(_ number: Int, size: Int = 60) -> WrappedKeyMaterial {
    let digits = String(number, radix: 16)
    return WrappedKeyMaterial(
      id: String(repeating: "0", count: 64 - digits.count) + digits, wrapped: bytes(size, seed: number),
      creationDate: date(milliseconds: 1_767_225_600_123 + Int64(number)))
  }

  /// An alias of `key`, beside it.
  static func alias(_ suffix: String, of key: Key) -> Alias {
    Alias(
      name: name(suffix), home: key.home, targetKeyID: key.id, creationDate: date,
      lastUpdatedDate: date.addingTimeInterval(1))
  }

  /// An access key.
  static func accessKey(_ id: String, principal: String = "arn:aws:iam::111122223333:user/alice") -> AccessKey {
    AccessKey(
      id: id, account: home.account, principalARN: principal, wrappedSecret: bytes(72, seed: id.utf8.count),
      creationDate: date)
  }

  /// `count` bytes that take every value.
  static func bytes(_ count: Int, seed: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ seed &* 13 &+ ($0 >> 8)) }
  }

  private static func place(_ account: String, _ region: String) -> AccountRegion {
    AccountRegion(account: required(AccountID(account)), region: required(Region(region)))
  }

  /// The samples are constants of this file: one that is not valid is a mistake in it.
  private static func required<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a sample is not valid") }
    return value
  }
}
