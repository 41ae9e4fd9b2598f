// secp256k1's name in DER (SEC 2 §A.2.1).

extension FixedLengthKeyEncoding {
  /// secp256k1, 1.3.132.0.10.
  static let secp256k1 = FixedLengthKeyEncoding(curve: [0x2B, 0x81, 0x04, 0x00, 0x0A], fieldByteCount: 32)
}
