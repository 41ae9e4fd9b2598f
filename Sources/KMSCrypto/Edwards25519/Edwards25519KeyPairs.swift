// Key pairs for Ed25519, by swift-crypto.

import Crypto
import FoundationEssentials

/// Makes key pairs for Ed25519.
enum Edwards25519KeyPairs {
  /// A random seed, and the public key that RFC 8032 §5.1.5 derives from it.
  static func generate() throws(CryptoError) -> KeyPair {
    try FixedLengthKeyEncoding.edwards25519.makeKeyPair { (seed, point) throws(CryptoError) in
      RandomBytes.fill(seed)
      point.copyBytes(from: try publicKey(of: UnsafeRawBufferPointer(seed)))
    }
  }

  static func publicKey(of seed: UnsafeRawBufferPointer) throws(CryptoError) -> Data {
    do {
      return try Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation
    } catch {
      throw .libraryFailure(operation: "PrivateKey(rawRepresentation:)", code: 0)
    }
  }
}
