// ML-DSA keys in DER (RFC 9881): no parameters, and the private key in its short form, the seed.

extension FixedLengthKeyEncoding {
  /// id-ml-dsa-44, 2.16.840.1.101.3.4.3.17.
  static let mlDSA44 = FixedLengthKeyEncoding(mlDSA: 17, publicKeyByteCount: 1312)
  /// id-ml-dsa-65, 2.16.840.1.101.3.4.3.18.
  static let mlDSA65 = FixedLengthKeyEncoding(mlDSA: 18, publicKeyByteCount: 1952)
  /// id-ml-dsa-87, 2.16.840.1.101.3.4.3.19.
  static let mlDSA87 = FixedLengthKeyEncoding(mlDSA: 19, publicKeyByteCount: 2592)

  private init(mlDSA lastArc: UInt8, publicKeyByteCount: Int) {
    let seedByteCount = 32
    let objectIdentifier: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, lastArc]
    let algorithm = DERTag.sequence.encode(DERTag.objectIdentifier.encode(objectIdentifier))
    let seedHeader = DERTag.primitiveContext0.header(seedByteCount)  // ML-DSA-PrivateKey's choice `seed`
    let body =
      DERTag.integer.encode([0]) + algorithm  // PrivateKeyInfo version 0
      + DERTag.octetString.header(seedHeader.count + seedByteCount) + seedHeader

    self.init(
      objectIdentifier: objectIdentifier,
      privateKeyPrefix: DERTag.sequence.header(body.count + seedByteCount) + body,
      privateKeyInfix: nil,
      publicKeyPrefix: Self.publicKeyPrefix(algorithm, pointByteCount: publicKeyByteCount),
      compressedPublicKeyPrefix: nil,
      scalarByteCount: seedByteCount,
      pointByteCount: publicKeyByteCount)
  }
}
