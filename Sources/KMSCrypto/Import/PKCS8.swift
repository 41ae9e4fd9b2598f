// PKCS #8 as others write it: PrivateKeyInfo (RFC 5208) and OneAsymmetricKey (RFC 5958).

import SecureMemory

/// The parts of a private key in PKCS #8. They point into what was read.
struct PKCS8 {
  /// The content bytes of the algorithm's object identifier.
  let algorithm: [UInt8]
  /// The algorithm's parameters, not yet read.
  let parameters: BERReader
  /// The private key in the algorithm's own form.
  let privateKey: UnsafeRawBufferPointer
  /// The public key, where it is attached.
  let publicKey: UnsafeRawBufferPointer?

  /// Lends the parts of `bytes`.
  /// - Throws: ``CryptoError/malformed`` for anything else, or anything more.
  static func read<Result>(
    _ bytes: SecretBytes, _ body: (PKCS8) throws(CryptoError) -> Result
  ) throws(CryptoError) -> Result {
    try bytes.withUnsafeBytes { (bytes) throws(CryptoError) in
      var outer = BERReader(bytes)
      var reader = BERReader(try outer.read(.sequence))
      try outer.finish()

      let version = try reader.read(.integer)
      guard version.elementsEqual([0]) || version.elementsEqual([1]) else { throw .malformed }
      var parameters = BERReader(try reader.read(.sequence))
      let algorithm = Array(try parameters.read(.objectIdentifier))
      return try reader.withOctets { (privateKey, reader) throws(CryptoError) in
        _ = try reader.readIfPresent(.context0)  // attributes mean nothing here
        let publicKey = try reader.readIfPresent(.primitiveContext1).map(BitString.octets)
        try reader.finish()
        return try body(
          PKCS8(algorithm: algorithm, parameters: parameters, privateKey: privateKey, publicKey: publicKey))
      }
    }
  }
}

/// BIT STRINGs of whole bytes.
enum BitString {
  static func octets(_ content: UnsafeRawBufferPointer) throws(CryptoError) -> UnsafeRawBufferPointer {
    guard content.first == 0 else { throw .malformed }
    return UnsafeRawBufferPointer(rebasing: content.dropFirst())
  }
}
