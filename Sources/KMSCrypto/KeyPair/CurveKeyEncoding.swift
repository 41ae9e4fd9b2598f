// The constant bytes around a curve's private scalar and public key in PKCS #8 and SubjectPublicKeyInfo.

import SecureMemory

/// How the keys of one curve are written in DER.
///
/// Lengths never vary, so an encoding is a few constant bytes around two values: no encoder runs, and the scalar is
/// made in the place where it stays.
struct CurveKeyEncoding: Sendable {
  /// PKCS #8 up to the private scalar.
  let privateKeyPrefix: [UInt8]
  /// PKCS #8 between the private scalar and a copy of the public key; nil where it ends with the scalar.
  let privateKeyInfix: [UInt8]?
  /// SubjectPublicKeyInfo up to the public key.
  let publicKeyPrefix: [UInt8]
  /// The size of the private scalar, or seed.
  let scalarByteCount: Int
  /// The size of the public key: an uncompressed point, or an encoded Edwards point.
  let pointByteCount: Int

  /// Lets `generate` write a scalar and its public key, and gives them back in DER.
  func makeKeyPair(
    _ generate: (_ scalar: UnsafeMutableRawBufferPointer, _ point: UnsafeMutableRawBufferPointer) throws(CryptoError)
      -> Void
  ) throws(CryptoError) -> KeyPair {
    var publicKey = publicKeyPrefix + [UInt8](repeating: 0, count: pointByteCount)
    let scalarRange = privateKeyPrefix.count..<(privateKeyPrefix.count + scalarByteCount)
    let suffixByteCount = privateKeyInfix.map { $0.count + pointByteCount } ?? 0

    let privateKey = try SecretBytes(count: scalarRange.upperBound + suffixByteCount) { (der) throws(CryptoError) in
      der.copyBytes(from: privateKeyPrefix)
      try publicKey.withUnsafeMutableBufferPointer { (spki) throws(CryptoError) in
        try generate(
          UnsafeMutableRawBufferPointer(rebasing: der[scalarRange]),
          UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: spki[publicKeyPrefix.count...])))
      }
      if let privateKeyInfix {
        let suffix = UnsafeMutableRawBufferPointer(rebasing: der[scalarRange.upperBound...])
        suffix.copyBytes(from: privateKeyInfix)
        UnsafeMutableRawBufferPointer(rebasing: suffix[privateKeyInfix.count...])
          .copyBytes(from: publicKey[publicKeyPrefix.count...])
      }
    }
    return KeyPair(privateKey: privateKey, publicKey: publicKey)
  }
}

extension CurveKeyEncoding {
  /// The encoding for a named Weierstrass curve with field elements and scalars of `fieldByteCount` bytes.
  ///
  /// SubjectPublicKeyInfo is RFC 5480's, with the uncompressed point. PKCS #8 holds an RFC 5915 ECPrivateKey with the
  /// public key and without the curve's name, which the AlgorithmIdentifier already gives: the form OpenSSL writes.
  /// - Parameter curve: the content bytes of the curve's object identifier.
  init(curve: [UInt8], fieldByteCount: Int) {
    let pointByteCount = 1 + 2 * fieldByteCount
    let idECPublicKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]  // 1.2.840.10045.2.1
    let algorithm = DERTag.sequence.encode(
      DERTag.objectIdentifier.encode(idECPublicKey) + DERTag.objectIdentifier.encode(curve))

    // From the innermost part outwards: each header states the length of all that it encloses.
    let pointHeader = DERTag.bitString.header(1 + pointByteCount) + [0]  // no unused bits
    let infix = DERTag.context1.header(pointHeader.count + pointByteCount) + pointHeader
    let scalarHeader = DERTag.integer.encode([1]) + DERTag.octetString.header(fieldByteCount)  // ECPrivateKey version 1
    let suffixByteCount = fieldByteCount + infix.count + pointByteCount
    let ecPrivateKey = DERTag.sequence.header(scalarHeader.count + suffixByteCount) + scalarHeader
    let body =
      DERTag.integer.encode([0]) + algorithm  // PrivateKeyInfo version 0
      + DERTag.octetString.header(ecPrivateKey.count + suffixByteCount) + ecPrivateKey

    self.init(
      privateKeyPrefix: DERTag.sequence.header(body.count + suffixByteCount) + body,
      privateKeyInfix: infix,
      publicKeyPrefix: DERTag.sequence.header(algorithm.count + pointHeader.count + pointByteCount) + algorithm
        + pointHeader,
      scalarByteCount: fieldByteCount,
      pointByteCount: pointByteCount)
  }
}
