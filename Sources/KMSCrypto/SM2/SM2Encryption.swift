// SM2 encryption (GB/T 32918.4) with ciphertexts in DER, by OpenSSL.

import SecureMemory

extension SM2Key: DecryptionKey {
  func encrypt(_ plaintext: SecretBytes, _ algorithm: PublicKeyEncryptionAlgorithm) throws(CryptoError) -> [UInt8] {
    guard algorithm == .sm2PKE else { throw .unsupportedOperation }
    return try key.encrypt(plaintext) { _ in }
  }

  func decrypt(
    _ ciphertext: [UInt8], _ algorithm: PublicKeyEncryptionAlgorithm
  ) throws(CryptoError) -> SecretBytes {
    guard algorithm == .sm2PKE else { throw .unsupportedOperation }
    return try key.decrypt(ciphertext, maximumCount: ciphertext.count) { _ in }
  }

  func unwrap(_ wrapped: [UInt8], _ algorithm: ImportWrappingAlgorithm) throws(CryptoError) -> SecretBytes {
    guard algorithm == .sm2PKE else { throw .unsupportedOperation }
    return try decrypt(wrapped, .sm2PKE)
  }
}
