// Why a data key could not become a key object.

/// Why a data key of a reply, or of a text, could not be turned into a key object.
public enum DataKeyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reply carries no plaintext, because it was encrypted for an attested recipient.
  case plaintextMissing
  /// The bytes are a key, but of another algorithm, curve or size than the type or spec asked for.
  case otherKeyType
  /// The bytes are not a key in the form that KMS documents (PKCS#8 or SubjectPublicKeyInfo DER), or not a valid one.
  case malformedKey
  /// The text is not one PEM block of the label asked for, in the strict form of RFC 7468.
  case malformedPEM
  /// The private key is a valid one, but not the private half of the public key that it was stored with.
  case otherPublicKey
  /// The key pair spec was not in the model when this code was generated, so that no key can be held to it.
  case unknownSpec

  /// What went wrong, in words that hold nothing of the key.
  public var description: String {
    switch self {
    case .plaintextMissing: "the reply carries no plaintext key"
    case .otherKeyType: "the key is of another algorithm, curve or size than the type or spec asked for"
    case .malformedKey: "the bytes are not a valid key in PKCS#8 or SubjectPublicKeyInfo DER"
    case .malformedPEM: "the text is not one strict PEM block (RFC 7468) of the label asked for"
    case .otherPublicKey: "the private key does not belong to the public key that it was stored with"
    case .unknownSpec: "the key pair spec is not known to this client"
    }
  }
}
