// A new data key pair as key objects and as PEM text.

public import KMSModel
public import SecureMemory

extension GenerateDataKeyPairOutput {
  /// The private half as a key of swift-crypto: `try pair.privateKey(as: P256.Signing.PrivateKey.self)`.
  ///
  /// For the specs that swift-crypto has no type for, secp256k1 and SM2, use `privateKeyPlaintext`: PKCS#8 DER.
  /// - Throws: ``DataKeyError``; of the plaintext's absence, too.
  public func privateKey<Key: DataKeyPrivateKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    guard let privateKeyPlaintext else { throw .plaintextMissing }
    return try Key(pkcs8: privateKeyPlaintext)
  }

  /// The private half, held to the spec that the reply names.
  ///
  /// - Throws: ``DataKeyError``; of the plaintext's absence, too.
  public func openedPrivateKey() throws(DataKeyError) -> OpenedPrivateKey {
    guard let privateKeyPlaintext else { throw .plaintextMissing }
    return try OpenedPrivateKey(pkcs8: privateKeyPlaintext, spec: keyPairSpec)
  }

  /// The public half as a key of swift-crypto: `try pair.publicKey(as: P256.Signing.PublicKey.self)`.
  ///
  /// - Throws: ``DataKeyError``.
  public func publicKey<Key: DataKeyPublicKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    try Key(subjectPublicKeyInfo: publicKey)
  }

  /// The private half as PEM text, `PRIVATE KEY`, in ASCII. Its DER form is `privateKeyPlaintext`.
  ///
  /// - Throws: ``DataKeyError/plaintextMissing``.
  public func privateKeyPEM() throws(DataKeyError) -> SecretBytes {
    guard let privateKeyPlaintext else { throw .plaintextMissing }
    return KeyPEM.privateKey(pkcs8: privateKeyPlaintext)
  }

  /// The public half as PEM text, `PUBLIC KEY`. Its DER form is `publicKey`.
  public var publicKeyPEM: String { KeyPEM.publicKey(subjectPublicKeyInfo: publicKey) }
}
