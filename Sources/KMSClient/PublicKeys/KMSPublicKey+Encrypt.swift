// Encrypting to a KMS key without calling the service.

internal import CryptoExtras
public import KMSModel
public import SecureMemory

extension KMSPublicKey {
  /// Encrypts under the key as `kms.encrypt` would; only the service can decrypt it.
  ///
  /// An asymmetric ciphertext holds neither key nor algorithm, and `kms.decrypt` wants both: keep the whole answer.
  ///
  ///     let sealed = try key.encrypt(secret)
  ///     let opened = try await kms.decrypt(
  ///       ciphertextBlob: sealed.ciphertextBlob, keyID: sealed.keyID,
  ///       encryptionAlgorithm: sealed.encryptionAlgorithm)
  ///
  /// - Parameters:
  ///   - plaintext: 1 byte to as many as the key's modulus has, less 66 (SHA-256) or 42 (SHA-1).
  ///   - algorithm: `RSAES_OAEP_SHA_256` or `RSAES_OAEP_SHA_1` (RFC 8017, 7.1: MGF1 with the same hash, empty label).
  /// - Returns: what `kms.encrypt` answers: ciphertext, key ARN and algorithm.
  /// - Throws: ``PublicKeyError``.
  public func encrypt(
    _ plaintext: SecretBytes, algorithm: EncryptionAlgorithm = .rsaesOAEPSHA256
  ) throws(PublicKeyError) -> EncryptOutput {
    try require(.encryptDecrypt, algorithm, named: algorithm.rawValue, among: encryptionAlgorithms)
    let padding: _RSA.Encryption.Padding
    switch algorithm {
    case .rsaesOAEPSHA1: padding = .PKCS1_OAEP
    case .rsaesOAEPSHA256: padding = .PKCS1_OAEP_SHA256
    default: throw .unsupportedAlgorithm(algorithm.rawValue)
    }
    guard case .rsa = verificationKey, let key = try? key(as: _RSA.Encryption.PublicKey.self) else {
      throw .unsupportedAlgorithm(algorithm.rawValue)
    }
    let maximum = key.maximumEncryptSize(with: padding)
    guard (1...maximum).contains(plaintext.count) else { throw .plaintextLength(maximum: maximum) }
    let ciphertext = plaintext.withUnsafeBytes { bytes in
      (try? key.encrypt(bytes, padding: padding)).map(Array.init)
    }
    guard let ciphertext else { throw .libraryFailure }
    return EncryptOutput(ciphertextBlob: ciphertext, keyID: keyID, encryptionAlgorithm: algorithm)
  }
}
