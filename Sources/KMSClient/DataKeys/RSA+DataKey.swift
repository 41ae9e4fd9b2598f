// Data key pairs of the RSA specs as keys of swift-crypto.

public import CryptoExtras
public import SecureMemory

extension _RSA.Signing.PrivateKey: DataKeyPrivateKey {
  /// Reads an RSA private key from PKCS#8 DER.
  public init(pkcs8: SecretBytes) throws(DataKeyError) {
    self = try PrivateKeyInfo.open(pkcs8, as: .rsa) { try Self(derRepresentation: $0) }
  }
}

extension _RSA.Signing.PublicKey: DataKeyPublicKey {
  /// Reads an RSA public key from SubjectPublicKeyInfo DER.
  public init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    self = try SubjectPublicKeyInfo.open(subjectPublicKeyInfo, as: .rsa) { try Self(derRepresentation: $0) }
  }
}

extension _RSA.Encryption.PrivateKey: DataKeyPrivateKey {
  /// Reads an RSA private key from PKCS#8 DER.
  public init(pkcs8: SecretBytes) throws(DataKeyError) {
    self = try PrivateKeyInfo.open(pkcs8, as: .rsa) { try Self(derRepresentation: $0) }
  }
}

extension _RSA.Encryption.PublicKey: DataKeyPublicKey {
  /// Reads an RSA public key from SubjectPublicKeyInfo DER.
  public init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    self = try SubjectPublicKeyInfo.open(subjectPublicKeyInfo, as: .rsa) { try Self(derRepresentation: $0) }
  }
}
