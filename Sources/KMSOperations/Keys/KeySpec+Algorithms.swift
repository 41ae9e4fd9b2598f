// From a key spec to the cryptography behind it.

import KMSCrypto
import KMSDomain

extension KeySpec {
  /// The algorithm of an asymmetric spec's key pairs; nil for the specs that have none.
  var keyPairAlgorithm: KeyPairAlgorithm? {
    switch self {
    case .rsa2048: .rsa2048
    case .rsa3072: .rsa3072
    case .rsa4096: .rsa4096
    case .eccNISTP256: .nistP256
    case .eccNISTP384: .nistP384
    case .eccNISTP521: .nistP521
    case .eccSECGP256K1: .secp256k1
    case .eccNISTEdwards25519: .edwards25519
    case .sm2: .sm2
    case .mlDSA44: .mlDSA44
    case .mlDSA65: .mlDSA65
    case .mlDSA87: .mlDSA87
    case .symmetricDefault, .hmac224, .hmac256, .hmac384, .hmac512: nil
    }
  }

  /// The algorithm of an HMAC spec; nil for the others.
  var macAlgorithm: MACAlgorithm? {
    keyClass == .hmac ? algorithms(for: .generateVerifyMAC).first.flatMap { MACAlgorithm(rawValue: $0) } : nil
  }

  /// The sizes, in bytes, of material that is a plain secret; a key made here has the smallest.
  var secretSizes: ClosedRange<Int> {
    switch self {
    case .hmac224: 28...128
    case .hmac256: 32...128
    case .hmac384: 48...128
    case .hmac512: 64...128
    default: 32...32
    }
  }
}
