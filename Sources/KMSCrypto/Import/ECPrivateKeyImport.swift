// Private keys on named curves, as others write them: ECPrivateKey (RFC 5915) in PKCS #8.

import SecureMemory

extension OpenSSLCurve {
  /// Reads a private key of this curve, and derives its public half.
  /// - Throws: ``CryptoError/malformed`` for anything else: another curve, one that is given by its parameters, a scalar
  ///   out of range, a public key that is not the scalar's.
  func importKeyPair(_ privateKey: SecretBytes) throws(CryptoError) -> KeyPair {
    try PKCS8.read(privateKey) { (info) throws(CryptoError) in
      var parameters = info.parameters
      guard info.algorithm == FixedLengthKeyEncoding.idECPublicKey,
        try parameters.read(.objectIdentifier).elementsEqual(encoding.objectIdentifier)
      else { throw .malformed }
      try parameters.finish()

      var outer = BERReader(info.privateKey)
      var reader = BERReader(try outer.read(.sequence))
      try outer.finish()
      guard try reader.read(.integer).elementsEqual([1]) else { throw .malformed }
      return try reader.withOctets { (scalar, reader) throws(CryptoError) in
        if let curve = try reader.readIfPresent(.context0) {
          var curve = BERReader(curve)
          guard try curve.read(.objectIdentifier).elementsEqual(encoding.objectIdentifier) else { throw .malformed }
          try curve.finish()
        }
        var publicKeys = info.publicKey.map { [$0] } ?? []
        if let publicKey = try reader.readIfPresent(.context1) {
          var publicKey = BERReader(publicKey)
          publicKeys.append(try BitString.octets(try publicKey.read(.bitString)))
          try publicKey.finish()
        }
        try reader.finish()
        return try makeKeyPair(scalar: scalar, publicKeys: publicKeys)
      }
    }
  }

  private func makeKeyPair(
    scalar: UnsafeRawBufferPointer, publicKeys: [UnsafeRawBufferPointer]
  ) throws(CryptoError) -> KeyPair {
    // RFC 5915 fixes the scalar's length, but some writers leave leading zeros out.
    guard scalar.count <= encoding.scalarByteCount else { throw .malformed }
    return try encoding.makeKeyPair { (output, point) throws(CryptoError) in
      UnsafeMutableRawBufferPointer(rebasing: output.suffix(scalar.count)).copyMemory(from: scalar)
      try publicPoint(of: SecretBytes(copying: UnsafeRawBufferPointer(output)), to: point)
      for publicKey in publicKeys {
        guard isSamePoint(publicKey, UnsafeRawBufferPointer(point)) else { throw .malformed }
      }
    }
  }

  /// Whether `encoded`, compressed or not, is the uncompressed `point`.
  private func isSamePoint(_ encoded: UnsafeRawBufferPointer, _ point: UnsafeRawBufferPointer) -> Bool {
    guard encoded.first != 0x04, let lastByte = point.last else { return encoded.elementsEqual(point) }
    let compressed = [0x02 | lastByte & 1] + point.dropFirst().prefix(encoding.scalarByteCount)
    return encoded.elementsEqual(compressed)
  }
}
