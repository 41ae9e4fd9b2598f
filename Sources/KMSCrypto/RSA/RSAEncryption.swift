// RSA encryption (RFC 8017 §7.1), and the unwrapping of key material with it, by OpenSSL.

import COpenSSL
import SecureMemory

extension RSAKey: DecryptionKey {
  func encrypt(_ plaintext: SecretBytes, _ algorithm: PublicKeyEncryptionAlgorithm) throws(CryptoError) -> [UInt8] {
    let digest = try Self.digest(of: algorithm)
    guard plaintext.count <= modulusByteCount - 2 * digest.byteCount - 2 else { throw .inputTooLong }
    return try key.encrypt(plaintext) { (context) throws(CryptoError) in try Self.configure(context, digest) }
  }

  func decrypt(
    _ ciphertext: [UInt8], _ algorithm: PublicKeyEncryptionAlgorithm
  ) throws(CryptoError) -> SecretBytes {
    try decrypt(ciphertext, Self.digest(of: algorithm))
  }

  func unwrap(_ wrapped: [UInt8], _ algorithm: ImportWrappingAlgorithm) throws(CryptoError) -> SecretBytes {
    switch algorithm {
    case .rsaesOAEPSHA1: try decrypt(wrapped, .sha1)
    case .rsaesOAEPSHA256: try decrypt(wrapped, .sha256)
    case .rsaAESKeyWrapSHA1: try unwrapWithAESKey(wrapped, .sha1)
    case .rsaAESKeyWrapSHA256: try unwrapWithAESKey(wrapped, .sha256)
    case .sm2PKE: throw .unsupportedOperation
    }
  }

  private func decrypt(_ ciphertext: [UInt8], _ digest: DigestAlgorithm) throws(CryptoError) -> SecretBytes {
    // OpenSSL takes a shorter one for a number with leading zeros; RFC 8017 §7.1.2 step 1b refuses it.
    guard ciphertext.count == modulusByteCount else { throw .authenticationFailure }
    return try key.decrypt(ciphertext, maximumCount: modulusByteCount) { (context) throws(CryptoError) in
      try Self.configure(context, digest)
    }
  }

  /// An encrypted AES key as long as the modulus, then the material under that key.
  private func unwrapWithAESKey(_ wrapped: [UInt8], _ digest: DigestAlgorithm) throws(CryptoError) -> SecretBytes {
    let aesKey = try decrypt(Array(wrapped.prefix(modulusByteCount)), digest)
    guard aesKey.count == AESKeyWrapWithPadding.keyByteCount else { throw .authenticationFailure }
    return try AESKeyWrapWithPadding.unwrap(wrapped.dropFirst(modulusByteCount), key: aesKey)
  }

  private static func digest(of algorithm: PublicKeyEncryptionAlgorithm) throws(CryptoError) -> DigestAlgorithm {
    switch algorithm {
    case .rsaesOAEPSHA1: .sha1
    case .rsaesOAEPSHA256: .sha256
    case .sm2PKE: throw .unsupportedOperation
    }
  }

  private static func configure(_ context: OpaquePointer, _ digest: DigestAlgorithm) throws(CryptoError) {
    let function = try digest.openSSL()
    try OpenSSL.check(
      EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING), "EVP_PKEY_CTX_set_rsa_padding")
    try OpenSSL.check(EVP_PKEY_CTX_set_rsa_oaep_md(context, function), "EVP_PKEY_CTX_set_rsa_oaep_md")
    try OpenSSL.check(EVP_PKEY_CTX_set_rsa_mgf1_md(context, function), "EVP_PKEY_CTX_set_rsa_mgf1_md")
  }
}
