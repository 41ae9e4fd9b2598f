// Public keys of other replies as key objects and as PEM text.

public import KMSModel

extension GenerateDataKeyPairWithoutPlaintextOutput {
  /// The public half as a key of swift-crypto: `try pair.publicKey(as: P256.Signing.PublicKey.self)`.
  ///
  /// - Throws: ``DataKeyError``.
  public func publicKey<Key: DataKeyPublicKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    try Key(subjectPublicKeyInfo: publicKey)
  }

  /// The public half as PEM text, `PUBLIC KEY`. Its DER form is `publicKey`.
  public var publicKeyPEM: String { KeyPEM.publicKey(subjectPublicKeyInfo: publicKey) }
}

extension GetPublicKeyOutput {
  /// The public key of a KMS key as a key of swift-crypto: `try reply.publicKey(as: _RSA.Signing.PublicKey.self)`.
  ///
  /// - Throws: ``DataKeyError``.
  public func publicKey<Key: DataKeyPublicKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    try Key(subjectPublicKeyInfo: publicKey)
  }

  /// The public key of a KMS key as PEM text, `PUBLIC KEY`. Its DER form is `publicKey`.
  public var publicKeyPEM: String { KeyPEM.publicKey(subjectPublicKeyInfo: publicKey) }
}
