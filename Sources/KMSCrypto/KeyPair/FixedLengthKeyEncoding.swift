// The constant bytes around a private scalar, or seed, and a public key in PKCS #8 and SubjectPublicKeyInfo.

import SecureMemory

/// How the keys of one algorithm whose keys never vary in length are written in DER.
///
/// An encoding is a few constant bytes around two values: no encoder runs, and the scalar is made in the place where it
/// stays. Reading a key back is comparing those bytes.
struct FixedLengthKeyEncoding: Sendable {
  /// What names the curve, or the algorithm where it has no curves: the content bytes of an object identifier.
  let objectIdentifier: [UInt8]
  /// PKCS #8 up to the private scalar.
  let privateKeyPrefix: [UInt8]
  /// PKCS #8 between the private scalar and a copy of the public key; nil where it ends with the scalar.
  let privateKeyInfix: [UInt8]?
  /// SubjectPublicKeyInfo up to the public key.
  let publicKeyPrefix: [UInt8]
  /// SubjectPublicKeyInfo up to a compressed point; nil where there are none.
  let compressedPublicKeyPrefix: [UInt8]?
  /// The size of the private scalar, or seed.
  let scalarByteCount: Int
  /// The size of the public key: an uncompressed point, an encoded Edwards point, or an ML-DSA key.
  let pointByteCount: Int

  /// Lets `generate` write a scalar and its public key, and gives them back in DER.
  func makeKeyPair(
    _ generate: (_ scalar: UnsafeMutableRawBufferPointer, _ point: UnsafeMutableRawBufferPointer) throws(CryptoError)
      -> Void
  ) throws(CryptoError) -> KeyPair {
    var publicKey = publicKeyPrefix + [UInt8](repeating: 0, count: pointByteCount)
    let privateKey = try SecretBytes(count: privateKeyByteCount) { (der) throws(CryptoError) in
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

  /// The scalar, and the public key where there is a copy of it, in a private key that ``makeKeyPair(_:)`` wrote.
  /// - Throws: ``CryptoError/malformed`` for a key in any other form. That the halves belong together is not checked.
  func parse(_ privateKey: SecretBytes) throws(CryptoError) -> (scalar: SecretBytes, point: [UInt8]) {
    try privateKey.withUnsafeBytes { (der) throws(CryptoError) in
      guard der.count == privateKeyByteCount, der.starts(with: privateKeyPrefix) else { throw .malformed }
      var suffix = der[scalarRange.upperBound...]
      if let privateKeyInfix {
        guard suffix.starts(with: privateKeyInfix) else { throw .malformed }
        suffix = suffix.dropFirst(privateKeyInfix.count)
      }
      return (SecretBytes(copying: UnsafeRawBufferPointer(rebasing: der[scalarRange])), Array(suffix))
    }
  }

  /// The point, compressed or not, in a SubjectPublicKeyInfo of this curve.
  /// - Throws: ``CryptoError/malformed`` for anything else. That the point is on the curve is not checked.
  func point(of publicKey: [UInt8]) throws(CryptoError) -> [UInt8] {
    if publicKey.count == publicKeyPrefix.count + pointByteCount, publicKey.starts(with: publicKeyPrefix) {
      let point = Array(publicKey.dropFirst(publicKeyPrefix.count))
      if point.first == 0x04 { return point }
    } else if let prefix = compressedPublicKeyPrefix, publicKey.count == prefix.count + 1 + scalarByteCount,
      publicKey.starts(with: prefix)
    {
      let point = Array(publicKey.dropFirst(prefix.count))
      if point.first == 0x02 || point.first == 0x03 { return point }
    }
    throw .malformed
  }

  private var scalarRange: Range<Int> { privateKeyPrefix.count..<(privateKeyPrefix.count + scalarByteCount) }

  private var privateKeyByteCount: Int {
    scalarRange.upperBound + (privateKeyInfix.map { $0.count + pointByteCount } ?? 0)
  }
}

extension FixedLengthKeyEncoding {
  /// id-ecPublicKey, 1.2.840.10045.2.1, which names every Weierstrass curve's keys: the curve is its parameter.
  static let idECPublicKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]

  /// The encoding for a named Weierstrass curve with field elements and scalars of `fieldByteCount` bytes.
  ///
  /// SubjectPublicKeyInfo is RFC 5480's, with the uncompressed point. PKCS #8 holds an RFC 5915 ECPrivateKey with the
  /// public key and without the curve's name, which the AlgorithmIdentifier already gives: the form OpenSSL writes.
  /// - Parameter curve: the content bytes of the curve's object identifier.
  init(curve: [UInt8], fieldByteCount: Int) {
    let pointByteCount = 1 + 2 * fieldByteCount
    let algorithm = DERTag.sequence.encode(
      DERTag.objectIdentifier.encode(Self.idECPublicKey) + DERTag.objectIdentifier.encode(curve))

    // From the innermost part outwards: each header states the length of all that it encloses.
    let pointHeader = Self.pointHeader(pointByteCount)
    let infix = DERTag.context1.header(pointHeader.count + pointByteCount) + pointHeader
    let scalarHeader = DERTag.integer.encode([1]) + DERTag.octetString.header(fieldByteCount)  // ECPrivateKey version 1
    let suffixByteCount = fieldByteCount + infix.count + pointByteCount
    let ecPrivateKey = DERTag.sequence.header(scalarHeader.count + suffixByteCount) + scalarHeader
    let body =
      DERTag.integer.encode([0]) + algorithm  // PrivateKeyInfo version 0
      + DERTag.octetString.header(ecPrivateKey.count + suffixByteCount) + ecPrivateKey

    self.init(
      objectIdentifier: curve,
      privateKeyPrefix: DERTag.sequence.header(body.count + suffixByteCount) + body,
      privateKeyInfix: infix,
      publicKeyPrefix: Self.publicKeyPrefix(algorithm, pointByteCount: pointByteCount),
      compressedPublicKeyPrefix: Self.publicKeyPrefix(algorithm, pointByteCount: 1 + fieldByteCount),
      scalarByteCount: fieldByteCount,
      pointByteCount: pointByteCount)
  }

  /// SubjectPublicKeyInfo up to a public key of `pointByteCount` bytes.
  static func publicKeyPrefix(_ algorithm: [UInt8], pointByteCount: Int) -> [UInt8] {
    let pointHeader = pointHeader(pointByteCount)
    return DERTag.sequence.header(algorithm.count + pointHeader.count + pointByteCount) + algorithm + pointHeader
  }

  private static func pointHeader(_ pointByteCount: Int) -> [UInt8] {
    DERTag.bitString.header(1 + pointByteCount) + [0]  // no unused bits
  }
}
