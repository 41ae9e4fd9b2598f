// Data key pairs of spec ECC_NIST_EDWARDS25519 as keys of swift-crypto.

public import Crypto
public import SecureMemory

extension Curve25519.Signing.PrivateKey: DataKeyPrivateKey {
  /// Reads an Ed25519 private key from PKCS#8 DER (RFC 8410, 7), with or without its public key attached.
  public init(pkcs8: SecretBytes) throws(DataKeyError) {
    self = try PrivateKeyInfo.open(pkcs8, as: .ed25519) { privateKey in
      var reader = DERReader(privateKey)  // CurvePrivateKey: an OCTET STRING inside the OCTET STRING
      let seed = try reader.read(.octetString)
      try reader.finish()
      return try Self(rawRepresentation: seed)
    }
  }
}

extension Curve25519.Signing.PublicKey: DataKeyPublicKey {
  /// Reads an Ed25519 public key from SubjectPublicKeyInfo DER (RFC 8410, 4).
  public init(subjectPublicKeyInfo: [UInt8]) throws(DataKeyError) {
    self = try SubjectPublicKeyInfo.open(subjectPublicKeyInfo, as: .ed25519) { der in
      guard der.starts(with: Self.prefix) else { throw DERError() }
      return try Self(rawRepresentation: der.dropFirst(Self.prefix.count))
    }
  }

  /// Everything before the 32 bytes of the point: all lengths are fixed.
  fileprivate static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
}

extension Curve25519.Signing.PublicKey {
  /// The key as SubjectPublicKeyInfo DER.
  var subjectPublicKeyInfo: [UInt8] { Self.prefix + rawRepresentation }
}
