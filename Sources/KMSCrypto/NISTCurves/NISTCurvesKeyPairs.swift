// Key pairs on the NIST curves: P-256 and P-384 by swift-crypto, P-521 by OpenSSL, which is several times faster there.

import Crypto
import FoundationEssentials

/// Makes key pairs on the NIST curves.
enum NISTCurvesKeyPairs {
  static func generateP256() throws(CryptoError) -> KeyPair {
    try FixedLengthKeyEncoding.nistP256.makeKeyPair { (scalar, point) throws(CryptoError) in
      try generate(scalar: scalar) { copy(try publicPointP256(of: $0), to: point) }
    }
  }

  static func generateP384() throws(CryptoError) -> KeyPair {
    try FixedLengthKeyEncoding.nistP384.makeKeyPair { (scalar, point) throws(CryptoError) in
      try generate(scalar: scalar) { copy(try publicPointP384(of: $0), to: point) }
    }
  }

  static func generateP521() throws(CryptoError) -> KeyPair {
    return try FixedLengthKeyEncoding.nistP521.makeKeyPair { (scalar, point) throws(CryptoError) in
      try OpenSSLCurve.nistP521.generate(scalar: scalar, point: point)
    }
  }

  /// The uncompressed public point. Throws unless the scalar is in 1…n−1, n being the order of P-256's group.
  static func publicPointP256(of scalar: UnsafeRawBufferPointer) throws -> Data {
    try P256.Signing.PrivateKey(rawRepresentation: scalar).publicKey.x963Representation
  }

  /// The uncompressed public point. Throws unless the scalar is in 1…n−1, n being the order of P-384's group.
  static func publicPointP384(of scalar: UnsafeRawBufferPointer) throws -> Data {
    try P384.Signing.PrivateKey(rawRepresentation: scalar).publicKey.x963Representation
  }

  /// Draws scalars until one is in range: FIPS 186-5 A.2.2, key pairs by rejection sampling.
  ///
  /// swift-crypto's own generator gives the same distribution several times slower (it checks every pair it makes), and its
  /// result would have to be copied out through a `Data` that nobody wipes.
  private static func generate(
    scalar: UnsafeMutableRawBufferPointer, publish: (UnsafeRawBufferPointer) throws -> Void
  ) throws(CryptoError) {
    // P-256 refuses about one draw in 2³², P-384 one in 2¹⁹⁰: eight refusals mean that the library fails for another reason.
    for _ in 0..<8 {
      RandomBytes.fill(scalar)
      if (try? publish(UnsafeRawBufferPointer(scalar))) != nil { return }
    }
    throw .libraryFailure(operation: "PrivateKey(rawRepresentation:)", code: 0)
  }

  private static func copy(_ publicPoint: Data, to point: UnsafeMutableRawBufferPointer) {
    point.copyBytes(from: publicPoint)
  }
}
