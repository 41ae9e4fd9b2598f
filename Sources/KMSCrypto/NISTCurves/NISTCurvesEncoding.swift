// The NIST curves' names in DER (RFC 5480 §2.1.1.1).

extension FixedLengthKeyEncoding {
  /// secp256r1, 1.2.840.10045.3.1.7.
  static let nistP256 = FixedLengthKeyEncoding(
    curve: [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], fieldByteCount: 32)
  /// secp384r1, 1.3.132.0.34.
  static let nistP384 = FixedLengthKeyEncoding(curve: [0x2B, 0x81, 0x04, 0x00, 0x22], fieldByteCount: 48)
  /// secp521r1, 1.3.132.0.35.
  static let nistP521 = FixedLengthKeyEncoding(curve: [0x2B, 0x81, 0x04, 0x00, 0x23], fieldByteCount: 66)
}
