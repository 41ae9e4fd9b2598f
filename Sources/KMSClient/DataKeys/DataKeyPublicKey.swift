// What makes a key type of swift-crypto a possible public half of a data key pair.

/// A public key type that the public half of a data key pair, or the public key of a KMS key, can become.
///
/// The counterparts of the ``DataKeyPrivateKey`` types conform.
public protocol DataKeyPublicKey {
  /// Reads a public key from SubjectPublicKeyInfo DER (RFC 5280, 4.1.2.7).
  ///
  /// - Throws: ``DataKeyError/otherKeyType`` or ``DataKeyError/malformedKey``.
  init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError)
}
