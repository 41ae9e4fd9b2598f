// Open RSA keys, by OpenSSL.

import SecureMemory

/// An open RSA key, either half.
struct RSAKey: Sendable {
  let key: OpenSSLKey

  /// The size of the modulus, of each signature and each ciphertext.
  var modulusByteCount: Int { key.signatureByteCountLimit }
}

extension RSAKey {
  /// Opens a private key.
  /// - Throws: ``CryptoError/malformed`` unless it is one of the size that `algorithm` says.
  init(_ privateKey: SecretBytes, _ algorithm: KeyPairAlgorithm) throws(CryptoError) {
    let numbers = try RSANumbers(pkcs8: privateKey)
    guard numbers.modulus.bitCount == algorithm.modulusBits else { throw .malformed }
    key = try numbers.open()
  }
}
