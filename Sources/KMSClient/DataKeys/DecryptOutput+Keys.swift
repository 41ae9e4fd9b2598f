// An opened data key as a key object and as PEM text.

public import Crypto
public import KMSModel
public import SecureMemory

extension DecryptOutput {
  /// The private key of a pair, opened again, as a key of swift-crypto:
  /// `try opened.privateKey(as: P256.Signing.PrivateKey.self)`.
  ///
  /// - Throws: ``DataKeyError``.
  public func privateKey<Key: DataKeyPrivateKey>(as type: Key.Type) throws(DataKeyError) -> Key {
    guard let plaintext else { throw .plaintextMissing }
    return try Key(pkcs8: plaintext)
  }

  /// The private key of a pair, opened again, held to the pair's spec.
  ///
  /// - Throws: ``DataKeyError``.
  public func openedPrivateKey(spec: DataKeyPairSpec) throws(DataKeyError) -> OpenedPrivateKey {
    guard let plaintext else { throw .plaintextMissing }
    return try OpenedPrivateKey(pkcs8: plaintext, spec: spec)
  }

  /// The private key of a pair, opened again, as PEM text, `PRIVATE KEY`, in ASCII.
  ///
  /// - Throws: ``DataKeyError/plaintextMissing``.
  public func privateKeyPEM() throws(DataKeyError) -> SecretBytes {
    guard let plaintext else { throw .plaintextMissing }
    return KeyPEM.privateKey(pkcs8: plaintext)
  }

  /// A symmetric data key, opened again, as a key of swift-crypto.
  ///
  /// - Throws: ``DataKeyError``.
  public func symmetricKey() throws(DataKeyError) -> SymmetricKey {
    guard let plaintext else { throw .plaintextMissing }
    return try SymmetricKey(secret: plaintext)
  }
}
