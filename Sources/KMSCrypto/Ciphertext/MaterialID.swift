// The name of one generation of a key's material. docs/ciphertext-format.md §3.

public import SecureMemory

/// Names one key material within one key: 32 bytes, shown as 64 lower-case hex digits (`KeyMaterialId`).
///
/// It tells nothing about the material to those who do not have it, and two keys with the same (imported) material
/// have different ids.
public struct MaterialID: Hashable, Sendable {
  /// How many bytes an id has.
  public static let byteCount = 32

  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Nil unless there are 32 bytes.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// Nil unless `hex` is 64 lower-case hex digits.
  public init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count == 2 * Self.byteCount else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = LowercaseHex.byte(digits[index], digits[index + 1]) else { return nil }
      bytes.append(byte)
    }
    self.bytes = bytes
  }

  /// The 64 lower-case hex digits.
  public var hex: String { LowercaseHex.text(bytes) }

  /// The id of `material` (of any kind: AES key, HMAC key, PKCS #8) in the key `keyID`.
  ///
  /// HMAC-SHA-256 of the key id, under a key derived from the material for this purpose only. The step between matters
  /// for HMAC keys: without it an id, which is public, would be a valid MAC under the key that it names.
  /// - Throws: ``CryptoError/invalidKeyLength`` for empty material.
  public static func derive(material: SecretBytes, keyID: String) throws(CryptoError) -> MaterialID {
    let namingKey = try CounterModeKDF(key: material).derive(label: "keywright/material-id/1")
    let naming = try HMACKeyMaterial(namingKey, .hmacSHA256)
    var id = [UInt8](repeating: 0, count: byteCount)
    let message = Array(keyID.utf8)
    try message.withUnsafeBufferPointer { (message) throws(CryptoError) in
      try id.withUnsafeMutableBufferPointer { (id) throws(CryptoError) in
        try naming.authenticate(UnsafeRawBufferPointer(message), into: UnsafeMutableRawBufferPointer(id))
      }
    }
    return MaterialID(exactly: id)
  }

  private init(exactly bytes: [UInt8]) { self.bytes = bytes }
}

extension MaterialID: CustomStringConvertible {
  /// The same as ``hex``.
  public var description: String { hex }
}
