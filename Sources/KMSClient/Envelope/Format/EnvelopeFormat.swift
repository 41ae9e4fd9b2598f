// The constants of the envelope format, version 1; docs/envelope-format.md has its bytes.

/// What every message of the format has in common. Integers are big-endian.
enum EnvelopeFormat {
  /// The first four bytes: `KWEV`.
  static let magic: [UInt8] = [0x4B, 0x57, 0x45, 0x56]
  static let version: UInt8 = 1
  /// HKDF-SHA-512 with key commitment, AES-256-GCM in chunks: the only suite so far.
  static let suite: UInt8 = 1

  static let saltLength = 32
  static let commitmentLength = 32
  /// The data key's length in bytes: AES_256, as KMS calls it.
  static let dataKeyLength = 32
  static let tagLength = 16

  /// The longest KMS key ARN that is written or read, as the API's `KeyId` has it.
  static let maximumKeyARNLength = 2_048
  /// The longest `CiphertextBlob` of the API.
  static let maximumWrappedKeyLength = 6_144
  /// The chunk sizes that are written or read, in bytes of plaintext.
  static let chunkSizes = 1...1_048_576
  /// The most chunks one message has.
  static let maximumChunks = UInt32.max

  /// Writes `value` in two bytes.
  static func append(_ value: UInt16, to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  /// Writes `value` in four bytes.
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    append(UInt16(truncatingIfNeeded: value >> 16), to: &bytes)
    append(UInt16(truncatingIfNeeded: value), to: &bytes)
  }
}
