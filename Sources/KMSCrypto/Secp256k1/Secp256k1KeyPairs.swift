// Key pairs on secp256k1, by OpenSSL.

/// Makes key pairs on secp256k1.
enum Secp256k1KeyPairs {
  static func generate() throws(CryptoError) -> KeyPair {
    let curve = OpenSSLCurve(keyType: "EC", group: "secp256k1")
    return try CurveKeyEncoding.secp256k1.makeKeyPair { (scalar, point) throws(CryptoError) in
      try curve.generate(scalar: scalar, point: point)
    }
  }
}
