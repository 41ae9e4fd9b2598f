// Keys that many tests share, since RSA's take long to make.

import KMSCrypto
import SecureMemory
import Synchronization

enum TestKeys {
  private static let pairs = Mutex<[KeyPairAlgorithm: [KeyPair]]>([:])

  /// One pair of a kind, the same for the whole run.
  static func pair(_ algorithm: KeyPairAlgorithm) throws -> KeyPair { try pair(algorithm, 0) }

  static func material(_ algorithm: KeyPairAlgorithm) throws -> AsymmetricKeyMaterial {
    try AsymmetricKeyMaterial(pair(algorithm).privateKey, algorithm: algorithm)
  }

  /// Another RSA private key.
  static func otherRSA(_ algorithm: KeyPairAlgorithm) throws -> SecretBytes { try pair(algorithm, 1).privateKey }

  private static func pair(_ algorithm: KeyPairAlgorithm, _ index: Int) throws -> KeyPair {
    try pairs.withLock { pairs in
      while pairs[algorithm, default: []].count <= index {
        pairs[algorithm, default: []].append(try algorithm.generate())
      }
      return pairs[algorithm, default: []][index]
    }
  }
}
