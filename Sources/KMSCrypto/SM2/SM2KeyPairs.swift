// Key pairs for SM2, by OpenSSL.

/// Makes key pairs for SM2.
enum SM2KeyPairs {
  static func generate() throws(CryptoError) -> KeyPair {
    return try FixedLengthKeyEncoding.sm2.makeKeyPair { (scalar, point) throws(CryptoError) in
      try OpenSSLCurve.sm2.generate(scalar: scalar, point: point)
    }
  }
}
