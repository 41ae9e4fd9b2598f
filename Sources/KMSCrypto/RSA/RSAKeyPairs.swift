// RSA key pairs, by swift-crypto, which makes them about three times as fast as OpenSSL.

import CryptoExtras

/// Makes RSA key pairs: two primes, exponent 65537.
enum RSAKeyPairs {
  static func generate(modulusBits: Int) throws(CryptoError) -> KeyPair {
    do {
      return KeyPair(try _RSA.Signing.PrivateKey(keySize: .init(bitCount: modulusBits)))
    } catch {
      throw .libraryFailure(operation: "_RSA.Signing.PrivateKey(keySize:)", code: 0)
    }
  }
}
