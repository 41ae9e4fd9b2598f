// How long the RSA keys of each spec are. An RSA key's AlgorithmIdentifier does not say.

internal import CryptoExtras
internal import KMSModel

extension DataKeyPairSpec {
  /// Bits of the modulus; nil for a spec that is not RSA.
  var rsaBitCount: Int? {
    switch self {
    case .rsa2048: 2048
    case .rsa3072: 3072
    case .rsa4096: 4096
    default: nil
    }
  }
}

extension KeySpec {
  /// Bits of the modulus; nil for a spec that is not RSA.
  var rsaBitCount: Int? {
    switch self {
    case .rsa2048: 2048
    case .rsa3072: 3072
    case .rsa4096: 4096
    default: nil
    }
  }
}

extension _RSA.Signing.PublicKey {
  /// Refuses a key of another size.
  func requireBitCount(_ bitCount: Int?) throws(DataKeyError) {
    guard keySizeInBits == bitCount else { throw .otherKeyType }
  }
}
