// Data key pairs of spec ECC_NIST_P256 as keys of swift-crypto.

public import Crypto
public import SecureMemory

extension P256.Signing.PrivateKey: DataKeyPrivateKey {
  /// Reads a P-256 private key from PKCS#8 DER.
  public init(pkcs8: SecretBytes) throws(DataKeyError) {
    self = try PrivateKeyInfo.openScalar(pkcs8, as: .nistP256) { try Self(rawRepresentation: $0) }
  }
}

extension P256.Signing.PublicKey: DataKeyPublicKey {
  /// Reads a P-256 public key from SubjectPublicKeyInfo DER.
  public init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    self = try SubjectPublicKeyInfo.open(subjectPublicKeyInfo, as: .nistP256) { try Self(derRepresentation: $0) }
  }
}

extension P256.KeyAgreement.PrivateKey: DataKeyPrivateKey {
  /// Reads a P-256 private key from PKCS#8 DER.
  public init(pkcs8: SecretBytes) throws(DataKeyError) {
    self = try PrivateKeyInfo.openScalar(pkcs8, as: .nistP256) { try Self(rawRepresentation: $0) }
  }
}

extension P256.KeyAgreement.PublicKey: DataKeyPublicKey {
  /// Reads a P-256 public key from SubjectPublicKeyInfo DER.
  public init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    self = try SubjectPublicKeyInfo.open(subjectPublicKeyInfo, as: .nistP256) { try Self(derRepresentation: $0) }
  }
}
