// What the families of keys have in common, once a key is open.

import SecureMemory

/// A private key that signs.
protocol SigningKey: Sendable {
  func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8]
}

/// A public key that verifies signatures.
protocol VerificationKey: Sendable {
  /// False for bytes that are no signature at all.
  func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool
}

/// A private key that decrypts, and encrypts for itself.
protocol DecryptionKey: Sendable {
  func encrypt(_ plaintext: SecretBytes, _ algorithm: PublicKeyEncryptionAlgorithm) throws(CryptoError) -> [UInt8]
  func decrypt(_ ciphertext: [UInt8], _ algorithm: PublicKeyEncryptionAlgorithm) throws(CryptoError) -> SecretBytes
  func unwrap(_ wrapped: [UInt8], _ algorithm: ImportWrappingAlgorithm) throws(CryptoError) -> SecretBytes
}

/// A private key that agrees on a secret with another's public key.
protocol AgreementKey: Sendable {
  func sharedSecret(with peerPublicKey: [UInt8]) throws(CryptoError) -> SecretBytes
}
