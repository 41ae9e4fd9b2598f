// From a data key to the keys of one message.

internal import Crypto
internal import SecureMemory

/// What one message is sealed with: derived from the data key, the message's salt, its header and its context.
struct MessageKeys: Sendable {
  /// The AES-256-GCM key of the message's chunks.
  let encryptionKey: SymmetricKey
  /// The value in the header that shows which data key, header and context the message was made with.
  let commitment: [UInt8]

  /// Derives both with HKDF-SHA-512 (RFC 5869): the salt is the message's, and `info` ends in the digest of everything
  /// else that must not change. Another data key, header or context so gives another commitment and another key.
  init(dataKey: SymmetricKey, header: EnvelopeHeader, context: EncryptionContextDigest) {
    var hash = SHA256()
    hash.update(data: header.committedBytes)
    hash.update(data: context.bytes)
    let digest = Array(hash.finalize())
    let extracted = HKDF<SHA512>.extract(inputKeyMaterial: dataKey, salt: header.salt)
    encryptionKey = HKDF<SHA512>.expand(
      pseudoRandomKey: extracted, info: Array("keywright envelope v1 encryption key".utf8) + digest,
      outputByteCount: 32)
    commitment = HKDF<SHA512>.expand(
      pseudoRandomKey: extracted, info: Array("keywright envelope v1 key commitment".utf8) + digest,
      outputByteCount: EnvelopeFormat.commitmentLength
    ).withUnsafeBytes { Array($0) }
  }

  /// The keys of a message that was received, once its commitment has been compared.
  ///
  /// - Throws: ``EnvelopeError/wrongKeyCommitment``.
  static func verified(
    dataKey: SymmetricKey, header: EnvelopeHeader, context: EncryptionContextDigest
  ) throws(EnvelopeError) -> MessageKeys {
    let keys = MessageKeys(dataKey: dataKey, header: header, context: context)
    guard constantTimeEqual(keys.commitment, header.commitment) else { throw .wrongKeyCommitment }
    return keys
  }
}
