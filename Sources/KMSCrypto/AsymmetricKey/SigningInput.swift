// What a signature is made over.

public import SecureMemory

/// What a signature is made over.
public enum SigningInput: Sendable {
  /// A whole message, which the algorithm hashes.
  case message(SecretBytes)
  /// The digest of a message, which the caller has hashed: ``SignatureAlgorithm/digestByteCount`` bytes.
  case digest(SecretBytes)
  /// ML-DSA's message representative μ (FIPS 204 Algorithm 7, line 6), which the caller has computed: 64 bytes.
  case externalMu(SecretBytes)
}

extension SigningInput {
  /// The digest to sign: the caller's, or the message's.
  /// - Throws: ``CryptoError/invalidDigestLength`` for a digest of another size, ``CryptoError/unsupportedOperation``
  ///   for a message representative.
  func digest(by algorithm: DigestAlgorithm) throws(CryptoError) -> SecretBytes {
    switch self {
    case .message(let message):
      return try algorithm.hash(message)
    case .digest(let digest):
      guard digest.count == algorithm.byteCount else { throw .invalidDigestLength }
      return digest
    case .externalMu:
      throw .unsupportedOperation
    }
  }
}
