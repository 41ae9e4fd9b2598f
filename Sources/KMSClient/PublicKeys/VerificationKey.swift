// The public keys that can verify, each with its own algorithms.

internal import Crypto
internal import CryptoExtras
internal import KMSModel

/// A public key as swift-crypto verifies with it.
enum VerificationKey: Sendable {
  case rsa(_RSA.Signing.PublicKey)
  case p256(P256.Signing.PublicKey)
  case p384(P384.Signing.PublicKey)
  case p521(P521.Signing.PublicKey)
  case ed25519(Curve25519.Signing.PublicKey)
  /// FIPS 204's encoding of the key.
  case mlDSA65([UInt8])
  /// FIPS 204's encoding of the key.
  case mlDSA87([UInt8])
  /// A key of a kind that swift-crypto has no type for.
  case unsupported

  /// Reads the public key of a key of `keySpec`.
  init(_ der: [UInt8], _ keySpec: KeySpec) throws(DataKeyError) {
    switch keySpec {
    case .rsa2048, .rsa3072, .rsa4096:
      let key = try _RSA.Signing.PublicKey(subjectPublicKeyInfo: der)
      try key.requireBitCount(keySpec.rsaBitCount)
      self = .rsa(key)
    case .eccNISTP256: self = .p256(try P256.Signing.PublicKey(subjectPublicKeyInfo: der))
    case .eccNISTP384: self = .p384(try P384.Signing.PublicKey(subjectPublicKeyInfo: der))
    case .eccNISTP521: self = .p521(try P521.Signing.PublicKey(subjectPublicKeyInfo: der))
    case .eccNISTEdwards25519: self = .ed25519(try Curve25519.Signing.PublicKey(subjectPublicKeyInfo: der))
    case .mlDSA65: self = .mlDSA65(try MLDSAPublicKey.encoded(der, .mlDSA65, byteCount: 1952))
    case .mlDSA87: self = .mlDSA87(try MLDSAPublicKey.encoded(der, .mlDSA87, byteCount: 2592))
    default: self = .unsupported
    }
  }

  /// Whether `signature` is the key's over `content`.
  func isValid(
    _ signature: [UInt8], of content: SignedContent, _ algorithm: SigningAlgorithm
  ) throws(PublicKeyError) -> Bool {
    switch algorithm {
    case .rsassaPSSSHA256, .rsassaPKCS1V15SHA256, .ecdsaSHA256:
      return try isValid(signature, algorithm, of: content, hashedBy: SHA256.self)
    case .rsassaPSSSHA384, .rsassaPKCS1V15SHA384, .ecdsaSHA384:
      return try isValid(signature, algorithm, of: content, hashedBy: SHA384.self)
    case .rsassaPSSSHA512, .rsassaPKCS1V15SHA512, .ecdsaSHA512:
      return try isValid(signature, algorithm, of: content, hashedBy: SHA512.self)
    case .ed25519SHA512, .mlDSASHAKE256: return try isValid(signature, algorithm, ofWhole: content)
    default: throw .unsupportedAlgorithm(algorithm.rawValue)
    }
  }

  private func isValid<Hash: HashFunction>(
    _ signature: [UInt8], _ algorithm: SigningAlgorithm, of content: SignedContent, hashedBy hash: Hash.Type
  ) throws(PublicKeyError) -> Bool {
    switch (self, algorithm) {
    case (.rsa(let key), .rsassaPSSSHA256), (.rsa(let key), .rsassaPSSSHA384), (.rsa(let key), .rsassaPSSSHA512):
      let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
      return key.isValidSignature(signature, for: try content.digest(by: hash), padding: .PSS)
    case (.rsa(let key), .rsassaPKCS1V15SHA256), (.rsa(let key), .rsassaPKCS1V15SHA384),
      (.rsa(let key), .rsassaPKCS1V15SHA512):
      let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
      return key.isValidSignature(signature, for: try content.digest(by: hash), padding: .insecurePKCS1v1_5)
    case (.p256(let key), .ecdsaSHA256):
      let digest = try content.digest(by: hash)
      guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: digest)
    case (.p384(let key), .ecdsaSHA384):
      let digest = try content.digest(by: hash)
      guard let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: digest)
    case (.p521(let key), .ecdsaSHA512):
      let digest = try content.digest(by: hash)
      guard let signature = try? P521.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: digest)
    default: throw .unsupportedAlgorithm(algorithm.rawValue)
    }
  }

  private func isValid(
    _ signature: [UInt8], _ algorithm: SigningAlgorithm, ofWhole content: SignedContent
  ) throws(PublicKeyError) -> Bool {
    guard case .message(let message) = content else { throw .digestNotAccepted(algorithm) }
    switch (self, algorithm) {
    case (.ed25519(let key), .ed25519SHA512): return key.isValidSignature(signature, for: message)
    case (.mlDSA65(let key), .mlDSASHAKE256): return try MLDSAPublicKey.isValid65(signature, of: message, key)
    case (.mlDSA87(let key), .mlDSASHAKE256): return try MLDSAPublicKey.isValid87(signature, of: message, key)
    default: throw .unsupportedAlgorithm(algorithm.rawValue)
    }
  }
}
