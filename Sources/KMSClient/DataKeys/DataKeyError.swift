// Why a data key could not become a key of swift-crypto.

/// Why a data key of a reply could not be turned into a key object.
public enum DataKeyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reply carries no plaintext, because it was encrypted for an attested recipient.
  case plaintextMissing
  /// The bytes are a key, but of another algorithm or curve than the type asked for.
  case otherKeyType
  /// The bytes are not a key in the form that KMS documents (PKCS#8 or SubjectPublicKeyInfo DER), or not a valid one.
  case malformedKey

  /// What went wrong, in words that hold nothing of the key.
  public var description: String {
    switch self {
    case .plaintextMissing: "the reply carries no plaintext key"
    case .otherKeyType: "the key is of another algorithm or curve than the type asked for"
    case .malformedKey: "the bytes are not a valid key in PKCS#8 or SubjectPublicKeyInfo DER"
    }
  }
}
