// A key pair from a private key that was made elsewhere.

public import SecureMemory

extension KeyPair {
  /// Reads a private key that was made elsewhere, derives the public half, and encodes both as
  /// ``KeyPairAlgorithm/generate()`` does.
  ///
  /// One private key gives the same bytes however it was written.
  ///
  /// RSA keys have two primes of the same length, which are not close together (FIPS 186-5 §A.1.3), an odd public
  /// exponent from 65537 to 2⁶⁴, and a private exponent longer than the primes (§A.1.1). Testing the primes blocks the
  /// thread for up to a second.
  /// - Parameters:
  ///   - privateKey: PKCS #8 (RFC 5208, RFC 5958), DER or BER.
  ///   - algorithm: what kind of key it must be; ML-DSA keys cannot be imported.
  /// - Throws: ``CryptoError/malformed`` for anything else: another algorithm, modulus size or curve, parts that do not
  ///   belong together, bytes that are no private key.
  public init(importing privateKey: SecretBytes, as algorithm: KeyPairAlgorithm) throws(CryptoError) {
    switch algorithm {
    case .rsa2048, .rsa3072, .rsa4096: self = try RSAKeyPairs.importKeyPair(privateKey, algorithm)
    case .nistP256: self = try OpenSSLCurve.nistP256.importKeyPair(privateKey)
    case .nistP384: self = try OpenSSLCurve.nistP384.importKeyPair(privateKey)
    case .nistP521: self = try OpenSSLCurve.nistP521.importKeyPair(privateKey)
    case .secp256k1: self = try OpenSSLCurve.secp256k1.importKeyPair(privateKey)
    case .edwards25519: self = try Edwards25519KeyPairs.importKeyPair(privateKey)
    case .sm2: self = try OpenSSLCurve.sm2.importKeyPair(privateKey)
    case .mlDSA44, .mlDSA65, .mlDSA87: throw .malformed
    }
  }
}
