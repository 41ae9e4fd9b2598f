// The public half of a pair in one encoding, from either half, so that two halves can be compared.

internal import Crypto
internal import CryptoExtras
internal import KMSModel
internal import SecureMemory

/// Public keys as swift-crypto writes them in SubjectPublicKeyInfo DER; nil where it has no type for the spec.
enum PublicHalf {
  /// The public half of a private key, which is checked to be one of `spec` on the way.
  static func derived(from pkcs8: SecretBytes, _ spec: DataKeyPairSpec) throws(DataKeyError) -> [UInt8]? {
    switch spec {
    case .eccNISTP256: return Array(try P256.Signing.PrivateKey(pkcs8: pkcs8).publicKey.derRepresentation)
    case .eccNISTP384: return Array(try P384.Signing.PrivateKey(pkcs8: pkcs8).publicKey.derRepresentation)
    case .eccNISTP521: return Array(try P521.Signing.PrivateKey(pkcs8: pkcs8).publicKey.derRepresentation)
    case .eccNISTEdwards25519: return try Curve25519.Signing.PrivateKey(pkcs8: pkcs8).publicKey.subjectPublicKeyInfo
    case .rsa2048, .rsa3072, .rsa4096:
      let publicKey = try _RSA.Signing.PrivateKey(pkcs8: pkcs8).publicKey
      try publicKey.requireBitCount(spec.rsaBitCount)
      return Array(publicKey.derRepresentation)
    case .eccSECGP256K1:
      try requireScalar(pkcs8, .secp256k1)
      return nil
    case .sm2:
      try requireScalar(pkcs8, .sm2)
      return nil
    case .unknown: throw .unknownSpec
    }
  }

  /// A public key of `spec`, read and written again.
  static func normalized(_ der: [UInt8], _ spec: DataKeyPairSpec) throws(DataKeyError) -> [UInt8]? {
    switch spec {
    case .eccNISTP256: return Array(try P256.Signing.PublicKey(subjectPublicKeyInfo: der).derRepresentation)
    case .eccNISTP384: return Array(try P384.Signing.PublicKey(subjectPublicKeyInfo: der).derRepresentation)
    case .eccNISTP521: return Array(try P521.Signing.PublicKey(subjectPublicKeyInfo: der).derRepresentation)
    case .eccNISTEdwards25519: return try Curve25519.Signing.PublicKey(subjectPublicKeyInfo: der).subjectPublicKeyInfo
    case .rsa2048, .rsa3072, .rsa4096:
      let publicKey = try _RSA.Signing.PublicKey(subjectPublicKeyInfo: der)
      try publicKey.requireBitCount(spec.rsaBitCount)
      return Array(publicKey.derRepresentation)
    case .eccSECGP256K1:
      try SubjectPublicKeyInfo.open(der, as: .secp256k1) { _ in }
      return nil
    case .sm2:
      try SubjectPublicKeyInfo.open(der, as: .sm2) { _ in }
      return nil
    case .unknown: throw .unknownSpec
    }
  }

  /// As much of a key as can be told without its curve: both have scalars of 32 bytes.
  private static func requireScalar(_ pkcs8: SecretBytes, _ algorithm: KeyAlgorithm) throws(DataKeyError) {
    try PrivateKeyInfo.openScalar(pkcs8, as: algorithm) { scalar in
      guard scalar.count == 32 else { throw DERError() }
    }
  }
}
