// The private key of an asymmetric KMS key, open and ready.

import Crypto
public import SecureMemory

/// The material of an asymmetric KMS key: opened once, used many times from any thread.
public final class AsymmetricKeyMaterial: Sendable {
  /// The kind of key.
  public let algorithm: KeyPairAlgorithm

  private let signing: any SigningKey
  private let verification: any VerificationKey
  private let decryption: (any DecryptionKey)?
  private let agreement: (any AgreementKey)?

  /// Opens a private key.
  /// - Parameter privateKey: PKCS #8 in the form that ``KeyPair`` has.
  /// - Throws: ``CryptoError/malformed`` for anything else. That the parts of the key belong together is not checked.
  public init(_ privateKey: SecretBytes, algorithm: KeyPairAlgorithm) throws(CryptoError) {
    self.algorithm = algorithm
    switch algorithm {
    case .rsa2048, .rsa3072, .rsa4096:
      let key = try RSAKey(privateKey, algorithm)
      (signing, verification, decryption, agreement) = (key, key, key, nil)
    case .nistP256:
      let parts = try FixedLengthKeyEncoding.nistP256.parse(privateKey)
      let key = try SwiftCryptoECDSAKey<P256>(scalar: parts.scalar)
      (signing, verification, decryption) = (key, key.publicKey, nil)
      agreement = OpenSSLAgreementKey(curve: .nistP256, scalar: parts.scalar)
    case .nistP384:
      let parts = try FixedLengthKeyEncoding.nistP384.parse(privateKey)
      let key = try SwiftCryptoECDSAKey<P384>(scalar: parts.scalar)
      (signing, verification, decryption) = (key, key.publicKey, nil)
      agreement = OpenSSLAgreementKey(curve: .nistP384, scalar: parts.scalar)
    case .nistP521:
      let parts = try FixedLengthKeyEncoding.nistP521.parse(privateKey)
      let key = try OpenSSLCurve.nistP521.open(scalar: parts.scalar, point: parts.point)
      let ecdsa = OpenSSLECDSAKey(key: key, algorithm: .ecdsaSHA512, digest: .sha512)
      (signing, verification, decryption) = (ecdsa, ecdsa, nil)
      agreement = OpenSSLAgreementKey(curve: .nistP521, scalar: parts.scalar)
    case .secp256k1:
      let parts = try FixedLengthKeyEncoding.secp256k1.parse(privateKey)
      let key = try OpenSSLCurve.secp256k1.open(scalar: parts.scalar, point: parts.point)
      let ecdsa = OpenSSLECDSAKey(key: key, algorithm: .ecdsaSHA256, digest: .sha256)
      (signing, verification, decryption, agreement) = (ecdsa, ecdsa, nil, nil)
    case .edwards25519:
      let key = try Edwards25519Key(seed: FixedLengthKeyEncoding.edwards25519.parse(privateKey).scalar)
      (signing, verification, decryption, agreement) = (key, key.publicKey, nil, nil)
    case .sm2:
      let parts = try FixedLengthKeyEncoding.sm2.parse(privateKey)
      let key = try SM2Key(parts)
      (signing, verification, decryption) = (key, key, key)
      agreement = OpenSSLAgreementKey(curve: .sm2, scalar: parts.scalar)
    case .mlDSA44, .mlDSA65, .mlDSA87:
      let key = try MLDSAKey(privateKey, algorithm)
      (signing, verification, decryption, agreement) = (key, key.publicKey, nil, nil)
    }
  }

  /// Signs.
  /// - Throws: ``CryptoError/unsupportedOperation`` when key, algorithm and input do not go together,
  ///   ``CryptoError/invalidDigestLength`` for a digest or message representative of another size.
  public func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
    try signing.sign(input, algorithm)
  }

  /// Whether `signature` is one of this key's over `input`; false for bytes that are no signature at all.
  /// - Throws: as ``sign(_:_:)`` does.
  public func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool {
    try verification.isValid(signature, of: input, algorithm)
  }

  /// Encrypts for this key.
  /// - Throws: ``CryptoError/inputTooLong`` for more than RSAES-OAEP takes, ``CryptoError/unsupportedOperation`` when the
  ///   key does not have the algorithm, or the plaintext is empty and the algorithm SM2's.
  public func encrypt(
    _ plaintext: SecretBytes, _ algorithm: PublicKeyEncryptionAlgorithm
  ) throws(CryptoError) -> [UInt8] {
    guard let decryption else { throw .unsupportedOperation }
    return try decryption.encrypt(plaintext, algorithm)
  }

  /// Decrypts what ``encrypt(_:_:)``, or anybody with the public key, encrypted.
  /// - Throws: ``CryptoError/authenticationFailure`` whatever is wrong with the ciphertext,
  ///   ``CryptoError/unsupportedOperation`` when the key does not have the algorithm.
  public func decrypt(
    _ ciphertext: [UInt8], _ algorithm: PublicKeyEncryptionAlgorithm
  ) throws(CryptoError) -> SecretBytes {
    guard let decryption else { throw .unsupportedOperation }
    return try decryption.decrypt(ciphertext, algorithm)
  }

  /// Agrees on a secret: ECDH (NIST SP 800-56A §5.7.1.2), the raw X coordinate.
  /// - Parameter peerPublicKey: DER SubjectPublicKeyInfo with a point of the same curve, compressed or not.
  /// - Throws: ``CryptoError/malformed`` for anything else, ``CryptoError/unsupportedOperation`` when the key has no
  ///   key agreement.
  public func sharedSecret(with peerPublicKey: [UInt8]) throws(CryptoError) -> SecretBytes {
    guard let agreement else { throw .unsupportedOperation }
    return try agreement.sharedSecret(with: peerPublicKey)
  }

  /// Decrypts key material that is to be imported.
  /// - Throws: ``CryptoError/authenticationFailure`` whatever is wrong with it, ``CryptoError/unsupportedOperation`` when
  ///   the key does not have the algorithm.
  public func unwrap(_ wrapped: [UInt8], _ algorithm: ImportWrappingAlgorithm) throws(CryptoError) -> SecretBytes {
    guard let decryption else { throw .unsupportedOperation }
    return try decryption.unwrap(wrapped, algorithm)
  }
}
