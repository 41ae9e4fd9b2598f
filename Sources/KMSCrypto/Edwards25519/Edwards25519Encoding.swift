// Ed25519 keys in DER (RFC 8410): no parameters, and a version 0 PrivateKeyInfo without the public key.

extension FixedLengthKeyEncoding {
  /// id-Ed25519, 1.3.101.112. The seed is an OCTET STRING inside PKCS #8's own.
  static let edwards25519 = FixedLengthKeyEncoding(
    objectIdentifier: [0x2B, 0x65, 0x70],
    privateKeyPrefix: [
      0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ],
    privateKeyInfix: nil,
    publicKeyPrefix: [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00],
    compressedPublicKeyPrefix: nil,
    scalarByteCount: 32,
    pointByteCount: 32)
}
