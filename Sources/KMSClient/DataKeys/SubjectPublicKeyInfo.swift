// SubjectPublicKeyInfo, the form every public key comes in (RFC 5280, 4.1.2.7).

/// Reads the envelope of a public key far enough to tell what kind of key it is.
enum SubjectPublicKeyInfo {
  /// Checks that `der` holds a key of `algorithm`, and lends it, whole, to `make`.
  static func open<Key>(
    _ der: [UInt8], as algorithm: KeyAlgorithm,
    _ make: ([UInt8]) throws -> Key
  ) throws(DataKeyError) -> Key {
    guard let found = try? self.algorithm(of: der) else { throw .malformedKey }
    guard found == algorithm else { throw .otherKeyType }
    do { return try make(der) } catch { throw .malformedKey }
  }

  private static func algorithm(of der: [UInt8]) throws -> KeyAlgorithm {
    try der.withUnsafeBytes { bytes in
      var document = DERReader(bytes)
      var info = try DERReader(document.read(.sequence))
      try document.finish()
      var identifier = try DERReader(info.read(.sequence))
      let object = try identifier.read(.objectIdentifier)
      return KeyAlgorithm(object: object, parameters: identifier.remaining)
    }
  }
}
