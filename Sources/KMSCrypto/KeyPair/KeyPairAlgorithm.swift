// Every kind of asymmetric key pair that can be made here. Adding one: a folder for its family, and a case.

/// A kind of asymmetric key pair, named as the field names it.
public enum KeyPairAlgorithm: Sendable, CaseIterable, Hashable {
  /// RSA with a modulus of 2048 bits and exponent 65537.
  case rsa2048
  /// RSA with a modulus of 3072 bits and exponent 65537.
  case rsa3072
  /// RSA with a modulus of 4096 bits and exponent 65537.
  case rsa4096
  /// NIST P-256 (secp256r1).
  case nistP256
  /// NIST P-384 (secp384r1).
  case nistP384
  /// NIST P-521 (secp521r1).
  case nistP521
  /// SECG secp256k1.
  case secp256k1
  /// Ed25519 (RFC 8032).
  case edwards25519
  /// SM2 on its recommended curve (GB/T 32918.5).
  case sm2
  /// ML-DSA-44 (FIPS 204).
  case mlDSA44
  /// ML-DSA-65 (FIPS 204).
  case mlDSA65
  /// ML-DSA-87 (FIPS 204).
  case mlDSA87

  /// Makes a fresh key pair.
  ///
  /// Blocks its thread for as long as it takes: 15 µs to 1 ms for curves and ML-DSA, up to seconds for RSA.
  /// - Throws: ``CryptoError/libraryFailure(operation:code:)`` when the library gives up, for want of memory for instance.
  public func generate() throws(CryptoError) -> KeyPair {
    switch self {
    case .rsa2048: try RSAKeyPairs.generate(modulusBits: 2048)
    case .rsa3072: try RSAKeyPairs.generate(modulusBits: 3072)
    case .rsa4096: try RSAKeyPairs.generate(modulusBits: 4096)
    case .nistP256: try NISTCurvesKeyPairs.generateP256()
    case .nistP384: try NISTCurvesKeyPairs.generateP384()
    case .nistP521: try NISTCurvesKeyPairs.generateP521()
    case .secp256k1: try Secp256k1KeyPairs.generate()
    case .edwards25519: try Edwards25519KeyPairs.generate()
    case .sm2: try SM2KeyPairs.generate()
    case .mlDSA44: try MLDSAKeyPairs.generate(.mlDSA44)
    case .mlDSA65: try MLDSAKeyPairs.generate(.mlDSA65)
    case .mlDSA87: try MLDSAKeyPairs.generate(.mlDSA87)
    }
  }

  /// Whether ``generate()`` takes so long (RSA: tens of milliseconds to seconds) that it belongs on threads of its own.
  public var isSlow: Bool {
    switch self {
    case .rsa2048, .rsa3072, .rsa4096: true
    case .nistP256, .nistP384, .nistP521, .secp256k1, .edwards25519, .sm2, .mlDSA44, .mlDSA65, .mlDSA87: false
    }
  }

  /// Whether a use of the private key can take a millisecond or more, so that it, too, belongs on threads of its own.
  public var hasSlowPrivateKey: Bool {
    switch self {
    case .rsa3072, .rsa4096, .mlDSA44, .mlDSA65, .mlDSA87: true
    case .rsa2048, .nistP256, .nistP384, .nistP521, .secp256k1, .edwards25519, .sm2: false
    }
  }
}
