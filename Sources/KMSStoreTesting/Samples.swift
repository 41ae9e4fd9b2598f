// Records for the checks.

import struct FoundationEssentials.Date
import KMSDomain

/// Makes records that differ where the checks need them to.
enum Samples {
  /// Two accounts, and three Regions.
  static let home = place("111122223333", "eu-central-1")
  static let otherAccount = place("444455556666", "eu-central-1")
  static let otherRegion = place("111122223333", "us-east-1")
  static let thirdRegion = place("111122223333", "us-west-2")

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
    _ number: Int, in home: AccountRegion = home, multiRegion role: MultiRegionRole? = nil, origin: KeyOrigin = .awsKMS,
    state: KeyState = .enabled, deletion: Date? = nil, materials: [WrappedKeyMaterial] = [material(0)],
    rotation: RotationSchedule? = nil, customKeyStore: CustomKeyStore? = nil, externalKeyID: String? = nil
  ) -> Key {
    Key(
      id: id(number, multiRegion: role != nil), home: home, creationDate: date, spec: .symmetricDefault,
      usage: .encryptDecrypt, origin: origin, description: "key \(number)", state: state, deletionDate: deletion,
      policy: #"{"Statement":[]}"#, tags: [Tag(key: "number", value: "\(number)")], materials: materials,
      rotation: rotation, multiRegion: role, customKeyStoreID: customKeyStore?.id, externalKeyID: externalKeyID)
  }

  /// The material number `number` of some key, current unless told otherwise.
  static func material(
    _ number: Int, size: Int? = 60, state: WrappedKeyMaterial.State = .current, validTo: Date? = nil
  ) -> WrappedKeyMaterial {
    WrappedKeyMaterial(
      id: hex(number, digits: 64), wrapped: size.map { bytes($0, seed: number) },
      creationDate: date(milliseconds: 1_767_225_600_123 + Int64(number)), state: state, validTo: validTo)
  }

  /// An alias of `key`, beside it.
  static func alias(_ suffix: String, of key: Key) -> Alias {
    Alias(
      name: name(suffix), home: key.home, targetKeyID: key.id, creationDate: date,
      lastUpdatedDate: date.addingTimeInterval(1))
  }

  /// The grant number `number` on `key`; ids are in the order of their numbers.
  static func grant(
    _ number: Int, on key: Key, name: String? = nil, grantee: String = "arn:aws:iam::111122223333:role/app",
    retiring: String? = nil, operations: [GrantOperation] = [.encrypt, .decrypt], constraints: GrantConstraints? = nil
  ) -> Grant {
    Grant(
      id: hex(number, digits: 64), keyID: key.id, home: key.home, name: name, granteePrincipal: grantee,
      retiringPrincipal: retiring, operations: operations, constraints: constraints,
      issuingAccount: otherAccount.account, creationDate: date)
  }

  /// The custom key store number `number`.
  static func customKeyStore(_ number: Int, name: String? = nil, in home: AccountRegion = home) -> CustomKeyStore {
    CustomKeyStore(
      id: "cks-" + hex(number, digits: 17), home: home, name: name ?? "store \(number)", creationDate: date,
      connectionState: .connected,
      proxy: ExternalKeyStoreProxy(
        connectivity: .publicEndpoint, uriEndpoint: "https://proxy.example", uriPath: "/\(number)/kms/xks/v1",
        accessKeyID: "ACCESSKEY\(number)", wrappedSecretAccessKey: bytes(80, seed: number)))
  }

  /// A principal with a policy.
  static func principal(
    _ name: String, kind: Principal.Kind = .user, path: String = "/", account: AccountID = home.account
  ) -> Principal {
    Principal(
      id: "AIDA" + name.uppercased(), partition: "aws", account: account, kind: kind, path: path, name: name,
      policies: [Principal.Policy(name: "p", document: #"{"Statement":[]}"#)],
      trustPolicy: kind == .role ? #"{"Statement":[]}"# : nil, tags: [Tag(key: "name", value: name)],
      creationDate: date)
  }

  /// An access key.
  static func accessKey(_ id: String, principal: String = "arn:aws:iam::111122223333:user/alice") -> AccessKey {
    AccessKey(
      id: id, account: home.account, principalARN: principal, wrappedSecret: bytes(72, seed: id.utf8.count),
      creationDate: date)
  }

  /// Texts that a store may get wrong. Swift's `==` takes a composed and a decomposed letter for the same: compare
  /// their bytes.
  static let texts = [
    "", "é", "e\u{301}", "鍵🔑👩‍👩‍👧", "a\u{0}b", "\u{0}", "\u{FEFF}x", "\\\"'%_;--\r\n\t\u{7F}\u{2028}", "\u{10FFFF}",
    "{\"a\":[1,2]}",
  ]

  /// `count` bytes that take every value.
  static func bytes(_ count: Int, seed: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ seed &* 13 &+ ($0 >> 8)) }
  }

  private static func hex(_ number: Int, digits count: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: count - digits.count) + digits
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
