// Symmetric data keys as keys of swift-crypto.

public import Crypto
public import SecureMemory

extension SymmetricKey {
  /// Makes a key of the bytes of a plaintext data key.
  ///
  /// The key holds a copy, in memory that swift-crypto wipes when it is freed.
  /// - Throws: ``DataKeyError/malformedKey`` when there are no bytes at all.
  public init(secret: SecretBytes) throws(DataKeyError) {
    guard secret.count > 0 else { throw .malformedKey }
    self = secret.withUnsafeBytes { SymmetricKey(data: $0) }
  }
}
