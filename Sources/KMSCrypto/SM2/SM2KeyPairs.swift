// Key pairs for SM2, by OpenSSL.

/// Makes key pairs for SM2.
enum SM2KeyPairs {
  static func generate() throws(CryptoError) -> KeyPair {
    let curve = OpenSSLCurve(keyType: "SM2", group: nil)
    return try CurveKeyEncoding.sm2.makeKeyPair { (scalar, point) throws(CryptoError) in
      try curve.generate(scalar: scalar, point: point)
    }
  }
}
