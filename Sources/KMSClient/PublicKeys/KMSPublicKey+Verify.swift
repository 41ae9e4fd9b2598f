// Verifying signatures of a KMS key without calling the service.

internal import Crypto
public import KMSModel
public import SecureMemory

extension KMSPublicKey {
  /// Checks that `signature` is the key's over `message`, as `kms.verify` would; it returns when it is.
  ///
  /// The message may be longer than the 4,096 bytes that KMS takes: KMS signed its digest then.
  ///
  /// - Parameters:
  ///   - signature: as `kms.sign` answers it: DER for ECDSA, else the algorithm's own form.
  ///   - message: the whole message, not hashed.
  ///   - algorithm: the algorithm that it was signed with. PSS: MGF1 with the same hash, a salt as long as the digest.
  /// - Throws: ``PublicKeyError/invalidSignature`` when it is not; other cases when that cannot be told.
  public func verify(
    signature: [UInt8], of message: [UInt8], algorithm: SigningAlgorithm
  ) throws(PublicKeyError) {
    try message.withUnsafeBufferPointer { (bytes) throws(PublicKeyError) in
      try verify(signature, .message(UnsafeRawBufferPointer(bytes)), algorithm)
    }
  }

  /// Checks that `signature` is the key's over a message that is secret itself, as `kms.verify` would.
  ///
  /// - Throws: ``PublicKeyError/invalidSignature`` when it is not; other cases when that cannot be told.
  public func verify(
    signature: [UInt8], of message: SecretBytes, algorithm: SigningAlgorithm
  ) throws(PublicKeyError) {
    try message.withUnsafeBytes { (bytes) throws(PublicKeyError) in
      try verify(signature, .message(bytes), algorithm)
    }
  }

  /// Checks that `signature` is the key's over the message with this digest, as `kms.verify` with `DIGEST` would.
  ///
  ///     try key.verify(signature: signature, ofDigest: SHA256.hash(data: file), algorithm: .ecdsaSHA256)
  ///
  /// - Parameters:
  ///   - signature: as `kms.sign` answers it.
  ///   - digest: the digest by the algorithm's own hash function: bytes, or a digest of swift-crypto.
  ///   - algorithm: an RSA or ECDSA algorithm. Ed25519 and ML-DSA sign whole messages.
  /// - Throws: ``PublicKeyError/invalidSignature`` when it is not; other cases when that cannot be told.
  public func verify(
    signature: [UInt8], ofDigest digest: some Sequence<UInt8>, algorithm: SigningAlgorithm
  ) throws(PublicKeyError) {
    // One byte more than the longest digest is enough to see that it is none.
    try Array(digest.prefix(SHA512.byteCount + 1)).withUnsafeBufferPointer { (bytes) throws(PublicKeyError) in
      try verify(signature, .digest(UnsafeRawBufferPointer(bytes)), algorithm)
    }
  }

  private func verify(
    _ signature: [UInt8], _ content: SignedContent, _ algorithm: SigningAlgorithm
  ) throws(PublicKeyError) {
    try require(.signVerify, algorithm, named: algorithm.rawValue, among: signingAlgorithms)
    guard try verificationKey.isValid(signature, of: content, algorithm) else { throw .invalidSignature }
  }
}
