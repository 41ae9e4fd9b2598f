// Data key pairs of spec ECC_NIST_P384 as keys of swift-crypto.

public import Crypto
public import SecureMemory

extension P384.Signing.PrivateKey: DataKeyPrivateKey {
  /// Reads a P-384 private key from PKCS#8 DER.
  public init(pkcs8: SecretBytes) throws(DataKeyError) {
    self = try PrivateKeyInfo.openScalar(pkcs8, as: .nistP384) { try Self(rawRepresentation: $0) }
  }
}

extension P384.Signing.PublicKey: DataKeyPublicKey {
  /// Reads a P-384 public key from SubjectPublicKeyInfo DER.
  public init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    self = try SubjectPublicKeyInfo.open(subjectPublicKeyInfo, as: .nistP384) { try Self(derRepresentation: $0) }
  }
}

extension P384.KeyAgreement.PrivateKey: DataKeyPrivateKey {
  /// Reads a P-384 private key from PKCS#8 DER.
  public init(pkcs8: SecretBytes) throws(DataKeyError) {
    self = try PrivateKeyInfo.openScalar(pkcs8, as: .nistP384) { try Self(rawRepresentation: $0) }
  }
}

extension P384.KeyAgreement.PublicKey: DataKeyPublicKey {
  /// Reads a P-384 public key from SubjectPublicKeyInfo DER.
  public init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    self = try SubjectPublicKeyInfo.open(subjectPublicKeyInfo, as: .nistP384) { try Self(derRepresentation: $0) }
  }
}
