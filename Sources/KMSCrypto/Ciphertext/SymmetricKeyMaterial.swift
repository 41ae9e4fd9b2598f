// A symmetric key's material: it seals plaintexts into blobs and opens them. docs/ciphertext-format.md §1.

public import SecureMemory

/// The 32-byte backing key of a symmetric KMS key, ready for use. Make it once and keep it: making it costs as much as a use.
///
/// Each message gets a key of its own, derived from this material and a 128-bit random salt, so that random nonces stay
/// safe far beyond AES-GCM's 2³² messages for one key.
public struct SymmetricKeyMaterial: Sendable {
  /// How many bytes the material has.
  public static let byteCount = 32

  private let derivation: CounterModeKDF

  /// Makes `bytes` ready for use.
  /// - Throws: ``CryptoError/invalidKeyLength`` unless there are 32.
  public init(_ bytes: SecretBytes) throws(CryptoError) {
    guard bytes.count == Self.byteCount else { throw .invalidKeyLength }
    derivation = try CounterModeKDF(key: bytes)
  }

  /// Seals `plaintext` into a blob that names `keyID` and `materialID`, bound to `encryptionContext` (nil: the empty one).
  /// - Throws: ``CryptoError/inputTooLong`` above 4096 bytes, ``CryptoError/invalidKeyID`` for text that is no key id.
  public func seal(
    plaintext: SecretBytes, keyID: String, materialID: MaterialID, encryptionContext: [String: String]?
  ) throws(CryptoError) -> [UInt8] {
    try plaintext.withUnsafeBytes { (plaintext) throws(CryptoError) in
      try seal(plaintext: plaintext, keyID: keyID, materialID: materialID, encryptionContext: encryptionContext)
    }
  }

  /// Seals bytes that the caller owns, as ``seal(plaintext:keyID:materialID:encryptionContext:)-(SecretBytes,_,_,_)``.
  public func seal(
    plaintext: UnsafeRawBufferPointer, keyID: String, materialID: MaterialID, encryptionContext: [String: String]?
  ) throws(CryptoError) -> [UInt8] {
    try seal(
      plaintext: plaintext, keyID: keyID, materialID: materialID, encryptionContext: encryptionContext,
      makeSaltAndNonce: RandomBytes.fill)
  }

  /// Seals with the salt and the nonce, 28 bytes, that `makeSaltAndNonce` writes.
  func seal(
    plaintext: UnsafeRawBufferPointer, keyID: String, materialID: MaterialID, encryptionContext: [String: String]?,
    makeSaltAndNonce: (UnsafeMutableRawBufferPointer) -> Void
  ) throws(CryptoError) -> [UInt8] {
    guard plaintext.count <= CiphertextBlob.maximumPlaintextByteCount else { throw .inputTooLong }
    typealias Layout = CiphertextBlob.Layout
    var blob = [UInt8](repeating: 0, count: CiphertextBlob.overhead + plaintext.count)
    try blob.withUnsafeMutableBufferPointer { (bytes) throws(CryptoError) in
      let blob = UnsafeMutableRawBufferPointer(bytes)
      blob[Layout.version] = Layout.currentVersion
      blob[Layout.algorithm] = Layout.aes256GCMWithDerivedKey
      guard CompactKeyID.write(keyID, into: UnsafeMutableRawBufferPointer(rebasing: blob[Layout.keyID])) else {
        throw .invalidKeyID
      }
      UnsafeMutableRawBufferPointer(rebasing: blob[Layout.materialID]).copyBytes(from: materialID.bytes)
      makeSaltAndNonce(UnsafeMutableRawBufferPointer(rebasing: blob[Layout.random]))

      let output = UnsafeMutableRawBufferPointer(rebasing: blob[Layout.ciphertextStart...])
      try withMessageKey(of: UnsafeRawBufferPointer(blob), encryptionContext) { (key, binding) throws(CryptoError) in
        try AESGCM.seal(plaintext, key: key, binding, into: output)
      }
    }
    return blob
  }

  /// The plaintext of `blob`.
  ///
  /// The caller has found this material by the blob's own key id and material id, and has checked that it is the key
  /// that was asked for: the same bytes imported into two keys are two materials, with two ids.
  /// - Throws: ``CryptoError/authenticationFailure`` if anything differs from when it was sealed, the context included.
  public func open(_ blob: CiphertextBlob, encryptionContext: [String: String]?) throws(CryptoError) -> SecretBytes {
    try blob.bytes.withUnsafeBufferPointer { (bytes) throws(CryptoError) in
      let blob = UnsafeRawBufferPointer(bytes)
      let sealed = UnsafeRawBufferPointer(rebasing: blob[CiphertextBlob.Layout.ciphertextStart...])
      return try SecretBytes(count: blob.count - CiphertextBlob.overhead) { (plaintext) throws(CryptoError) in
        try withMessageKey(of: blob, encryptionContext) { (key, binding) throws(CryptoError) in
          try AESGCM.open(sealed, key: key, binding, into: plaintext)
        }
      }
    }
  }

  /// Lends the key of one message, and all that the message is bound to, both from the blob's clear part.
  private func withMessageKey(
    of blob: UnsafeRawBufferPointer, _ encryptionContext: [String: String]?,
    _ body: (SecretBytes, AESGCM.Binding) throws(CryptoError) -> Void
  ) throws(CryptoError) {
    typealias Layout = CiphertextBlob.Layout
    let key = try derivation.derive(
      label: "keywright/ciphertext/1", context: UnsafeRawBufferPointer(rebasing: blob[Layout.derivationContext]))
    let context = EncryptionContextEncoding(encryptionContext)
    try context.bytes.withUnsafeBufferPointer { (context) throws(CryptoError) in
      try body(
        key,
        AESGCM.Binding(
          nonce: UnsafeRawBufferPointer(rebasing: blob[Layout.nonce]),
          header: UnsafeRawBufferPointer(rebasing: blob[Layout.header]),
          associatedData: UnsafeRawBufferPointer(context)))
    }
  }
}
