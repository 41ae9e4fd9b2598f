// A key pair in the two encodings that KMS hands out.

public import SecureMemory

/// A private key and its public half.
public struct KeyPair: Sendable {
  /// The private key: DER PrivateKeyInfo, PKCS #8 (RFC 5958), unencrypted.
  public let privateKey: SecretBytes
  /// The public key: DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
  public let publicKey: [UInt8]
}
