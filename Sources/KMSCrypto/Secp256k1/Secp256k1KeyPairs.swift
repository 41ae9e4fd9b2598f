// Key pairs on secp256k1, by OpenSSL.

/// Makes key pairs on secp256k1.
enum Secp256k1KeyPairs {
  static func generate() throws(CryptoError) -> KeyPair {
    return try FixedLengthKeyEncoding.secp256k1.makeKeyPair { (scalar, point) throws(CryptoError) in
      try OpenSSLCurve.secp256k1.generate(scalar: scalar, point: point)
    }
  }
}
