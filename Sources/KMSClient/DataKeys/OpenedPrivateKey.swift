// The private half of a data key pair, known to be a key of its spec.

public import KMSModel
public import SecureMemory

/// The private half of a data key pair, opened, and checked to be a key of its spec.
///
/// The spec decides what it can be used for, and ``key(as:)`` gives it the type of one use: a P-256 key signs as
/// `P256.Signing.PrivateKey` and agrees on secrets as `P256.KeyAgreement.PrivateKey`, an RSA key signs as
/// `_RSA.Signing.PrivateKey` and decrypts as `_RSA.Encryption.PrivateKey`. swift-crypto has no types for secp256k1 and
/// SM2: of these ``pkcs8`` is all there is, for a library that has the curve.
public struct OpenedPrivateKey: Sendable {
  /// The kind of key pair that it is the private half of.
  public let spec: DataKeyPairSpec
  /// The private key as PKCS#8 DER (RFC 5958).
  public let pkcs8: SecretBytes
  /// The public half as SubjectPublicKeyInfo DER, derived from the private key; nil for secp256k1 and SM2.
  public let publicKey: [UInt8]?

  /// Checks that `pkcs8` is a private key of `spec`: algorithm, curve, RSA size, and the key's own numbers.
  ///
  /// Of secp256k1 and SM2 only the algorithm, the curve and the scalar's length are checked.
  /// - Throws: ``DataKeyError/otherKeyType``, ``DataKeyError/malformedKey`` or ``DataKeyError/unknownSpec``.
  public init(pkcs8: SecretBytes, spec: DataKeyPairSpec) throws(DataKeyError) {
    publicKey = try PublicHalf.derived(from: pkcs8, spec)
    self.pkcs8 = pkcs8
    self.spec = spec
  }

  /// The private key as a key of swift-crypto: `try opened.key(as: P256.Signing.PrivateKey.self)`.
  ///
  /// - Throws: ``DataKeyError/otherKeyType`` when the type is not one of the spec's.
  public func key<Key: DataKeyPrivateKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    try Key(pkcs8: pkcs8)
  }

  /// The private key as PEM text, `PRIVATE KEY`, in ASCII.
  public var pem: SecretBytes { KeyPEM.privateKey(pkcs8: pkcs8) }

  /// Checks that this is the private half of `subjectPublicKeyInfo`.
  ///
  /// Where ``publicKey`` is nil, for secp256k1 and SM2, only the public key's algorithm and curve are checked.
  /// - Throws: ``DataKeyError/otherPublicKey``; ``DataKeyError/otherKeyType`` or ``DataKeyError/malformedKey`` when it
  ///   is no public key of the spec.
  public func requirePublicKey(_ subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    let other = try PublicHalf.normalized(subjectPublicKeyInfo, spec)
    guard publicKey == other else { throw .otherPublicKey }
  }
}
