// A data key in clear, with what it takes to get it again.

internal import Crypto
internal import KMSModel
internal import SecureMemory

/// A data key as an encryptor uses it, checked. Its bytes are wiped when the last copy goes.
struct DataKey: Sendable {
  /// 32 bytes that no message is sealed with directly: ``MessageKeys`` are derived from them.
  let key: SymmetricKey
  /// The `CiphertextBlob`.
  let wrapped: [UInt8]
  /// The KMS key it is wrapped with.
  let keyARN: String

  /// The data key of a `GenerateDataKey` reply, which must be about the key that was asked for.
  ///
  /// - Throws: ``EnvelopeError/otherKey`` or ``EnvelopeError/unusableDataKey``.
  init(_ output: GenerateDataKeyOutput, expectedKey: String) throws(EnvelopeError) {
    guard Self.isKey(output.keyID, meantBy: expectedKey) else { throw .otherKey }
    try self.init(output.plaintext, wrapped: output.ciphertextBlob, keyARN: output.keyID)
  }

  /// The data key of a `Decrypt` reply, which must be about the key that was asked for.
  ///
  /// - Throws: ``EnvelopeError/otherKey`` or ``EnvelopeError/unusableDataKey``.
  init(_ output: DecryptOutput, wrapped: [UInt8], expectedKey: String) throws(EnvelopeError) {
    guard Self.isKey(output.keyID, meantBy: expectedKey) else { throw .otherKey }
    try self.init(output.plaintext, wrapped: wrapped, keyARN: output.keyID)
  }

  private init(_ plaintext: SecretBytes?, wrapped: [UInt8], keyARN: String) throws(EnvelopeError) {
    guard let plaintext, plaintext.count == EnvelopeFormat.dataKeyLength,
      (1...EnvelopeFormat.maximumWrappedKeyLength).contains(wrapped.count),
      (1...EnvelopeFormat.maximumKeyARNLength).contains(keyARN.utf8.count),
      let key = try? SymmetricKey(secret: plaintext)
    else { throw .unusableDataKey }
    self.key = key
    self.wrapped = wrapped
    self.keyARN = keyARN
  }

  /// Whether a reply's key ARN fits the key that was asked for. What an alias stands for only the service knows.
  private static func isKey(_ keyARN: String, meantBy keyID: String) -> Bool {
    if keyID.hasPrefix("alias/") || keyID.contains(":alias/") { return true }
    return keyID.hasPrefix("arn:") ? keyARN == keyID : keyARN.hasSuffix(":key/\(keyID)")
  }
}
