// A new symmetric data key as a key object.

public import Crypto
public import KMSModel

extension GenerateDataKeyOutput {
  /// The data key as a key of swift-crypto.
  ///
  /// - Throws: ``DataKeyError``; of the plaintext's absence, too.
  public func symmetricKey() throws(DataKeyError) -> SymmetricKey {
    guard let plaintext else { throw .plaintextMissing }
    return try SymmetricKey(secret: plaintext)
  }
}
