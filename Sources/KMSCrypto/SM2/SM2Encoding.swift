// SM2's name in DER (GM/T 0006, GM/T 0009): the algorithm stays id-ecPublicKey, the curve says that it is SM2.

extension FixedLengthKeyEncoding {
  /// sm2p256v1, 1.2.156.10197.1.301.
  static let sm2 = FixedLengthKeyEncoding(curve: [0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D], fieldByteCount: 32)
}
