// A ciphertext blob: which key made it, and the sealed bytes. docs/ciphertext-format.md §1.

/// A ciphertext that this service made, taken apart.
///
/// What it says of itself is public and not yet authenticated: it tells which material to try, and only
/// ``SymmetricKeyMaterial/open(_:encryptionContext:)`` tells whether it is true.
public struct CiphertextBlob: Hashable, Sendable {
  /// The longest plaintext that can be sealed: KMS's limit.
  public static let maximumPlaintextByteCount = 4096
  /// How much longer a blob is than its plaintext.
  public static let overhead = Layout.ciphertextStart + AESGCM.tagByteCount

  /// The whole blob.
  public let bytes: [UInt8]
  /// The key that the blob names: a UUID, or `mrk-…`.
  public let keyID: String
  /// The material, within that key, that the blob names.
  public let materialID: MaterialID

  /// Takes `bytes` apart.
  /// - Throws: ``CryptoError/malformed`` for bytes that no version of this format allows.
  public static func parse(_ bytes: [UInt8]) throws(CryptoError) -> CiphertextBlob {
    guard (overhead...(overhead + maximumPlaintextByteCount)).contains(bytes.count),
      bytes[Layout.version] == Layout.currentVersion,
      bytes[Layout.algorithm] == Layout.aes256GCMWithDerivedKey,
      let keyID = bytes.withUnsafeBytes({
        CompactKeyID.text(of: UnsafeRawBufferPointer(rebasing: $0[Layout.keyID]))
      }),
      let materialID = MaterialID(bytes[Layout.materialID])
    else { throw .malformed }
    return CiphertextBlob(bytes: bytes, keyID: keyID, materialID: materialID)
  }

  private init(bytes: [UInt8], keyID: String, materialID: MaterialID) {
    self.bytes = bytes
    self.keyID = keyID
    self.materialID = materialID
  }
}

extension CiphertextBlob {
  /// Where things are in a blob of version 1.
  enum Layout {
    static let version = 0
    static let algorithm = 1
    static let keyID = 2..<19
    static let materialID = 19..<51
    static let salt = 51..<67
    static let nonce = 67..<79
    static let ciphertextStart = 79

    /// All that the message key is derived from, besides the material.
    static let derivationContext = 0..<67
    /// All that is in clear, and therefore authenticated.
    static let header = 0..<79
    /// Salt and nonce: all that is drawn at random.
    static let random = 51..<79

    static let currentVersion: UInt8 = 1
    /// AES-256-GCM under a key derived for this message by SP 800-108 in counter mode with HMAC-SHA-256.
    static let aes256GCMWithDerivedKey: UInt8 = 1
  }
}
