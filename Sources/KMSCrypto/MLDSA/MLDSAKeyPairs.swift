// Key pairs for ML-DSA, by swift-crypto's BoringSSL.

import SecureMemory

/// Makes key pairs for ML-DSA.
enum MLDSAKeyPairs {
  /// A random seed, and the public key that FIPS 204 Algorithm 6 derives from it.
  static func generate(_ parameters: MLDSAParameters) throws(CryptoError) -> KeyPair {
    try parameters.encoding.makeKeyPair { (seed, publicKey) throws(CryptoError) in
      RandomBytes.fill(seed)
      let key = try MLDSAKey(seed: SecretBytes(copying: UnsafeRawBufferPointer(seed)), parameters)
      publicKey.copyBytes(from: try key.publicKey.encoded())
    }
  }
}
