// The public half of a KMS key, for encrypting and verifying without calling the service.

public import KMSModel

/// The public half of an asymmetric KMS key, and what KMS says it is for.
///
/// Fetch it once with ``KMSClient/publicKey(keyID:grantTokens:)`` and use it any number of times: ``encrypt(_:algorithm:)``
/// makes ciphertexts that `kms.decrypt` opens, and the `verify` methods answer as `kms.verify` would. None of these calls
/// is seen by the service: there, key states, policies and the audit trail do not apply.
public struct KMSPublicKey: Sendable {
  /// The ARN of the key.
  public let keyID: String
  /// The kind of key.
  public let keySpec: KeySpec
  /// The family of operations the key is for.
  public let keyUsage: KeyUsage
  /// The public key as SubjectPublicKeyInfo DER.
  public let subjectPublicKeyInfo: [UInt8]
  /// The encryption algorithms that KMS lists for the key.
  public let encryptionAlgorithms: [EncryptionAlgorithm]
  /// The signing algorithms that KMS lists for the key.
  public let signingAlgorithms: [SigningAlgorithm]

  let verificationKey: VerificationKey

  /// Reads the public key of a reply, and checks that it is one of the reply's key spec.
  ///
  /// A key of a kind that swift-crypto has no type for is taken, too; its uses throw
  /// ``PublicKeyError/unsupportedAlgorithm(_:)``.
  /// - Throws: ``DataKeyError/otherKeyType`` or ``DataKeyError/malformedKey``.
  public init(_ output: GetPublicKeyOutput) throws(DataKeyError) {
    verificationKey = try VerificationKey(output.publicKey, output.keySpec)
    keyID = output.keyID
    keySpec = output.keySpec
    keyUsage = output.keyUsage
    subjectPublicKeyInfo = output.publicKey
    encryptionAlgorithms = output.encryptionAlgorithms ?? []
    signingAlgorithms = output.signingAlgorithms ?? []
  }

  /// The key as one of swift-crypto: `try key.key(as: _RSA.Signing.PublicKey.self)`.
  ///
  /// - Throws: ``DataKeyError``.
  public func key<Key: DataKeyPublicKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    try Key(subjectPublicKeyInfo: subjectPublicKeyInfo)
  }

  /// The key as PEM text, `PUBLIC KEY`.
  public var pem: String { KeyPEM.publicKey(subjectPublicKeyInfo: subjectPublicKeyInfo) }

  /// Refuses a use that KMS would refuse.
  func require<Algorithm: Equatable>(
    _ usage: KeyUsage, _ algorithm: Algorithm, named name: String, among offered: [Algorithm]
  ) throws(PublicKeyError) {
    guard keyUsage == usage else { throw .otherKeyUsage(keyUsage) }
    guard offered.contains(algorithm) else { throw .algorithmNotOffered(name) }
  }
}
