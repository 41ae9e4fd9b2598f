// PKCS#8, the envelope every private key of a data key pair comes in (RFC 5958), read in place.

internal import SecureMemory

/// The fields of a PKCS#8 `PrivateKeyInfo` / `OneAsymmetricKey`: views of the bytes it was read from.
///
/// Attributes and an attached public key are passed over: the private key determines its public half.
struct PrivateKeyInfo {
  /// What kind of key the envelope announces.
  let algorithm: KeyAlgorithm
  /// The key itself, in the algorithm's own form.
  let privateKey: UnsafeRawBufferPointer

  private init(_ der: UnsafeRawBufferPointer) throws(DERError) {
    var document = DERReader(der)
    var info = try DERReader(document.read(.sequence))
    try document.finish()
    // Version 1 adds the public key, which RFC 8410 keys may carry; the fields before it are the same.
    guard try info.readSmallInteger() <= 1 else { throw DERError() }
    var identifier = try DERReader(info.read(.sequence))
    let object = try identifier.read(.objectIdentifier)
    algorithm = KeyAlgorithm(object: object, parameters: identifier.remaining)
    privateKey = try info.read(.octetString)
  }

  /// Reads `pkcs8`, checks that it holds a key of `algorithm`, and lends its inner private key to `make`.
  static func open<Key>(
    _ pkcs8: SecretBytes, as algorithm: KeyAlgorithm,
    _ make: (UnsafeRawBufferPointer) throws -> Key
  ) throws(DataKeyError) -> Key {
    try pkcs8.withUnsafeBytes { (bytes) throws(DataKeyError) in
      let info: PrivateKeyInfo
      do { info = try PrivateKeyInfo(bytes) } catch { throw .malformedKey }
      guard info.algorithm == algorithm else { throw .otherKeyType }
      do { return try make(info.privateKey) } catch { throw .malformedKey }
    }
  }

  /// Like ``open(_:as:_:)`` for an elliptic curve: lends the scalar of the ECPrivateKey inside (RFC 5915).
  static func openScalar<Key>(
    _ pkcs8: SecretBytes, as algorithm: KeyAlgorithm,
    _ make: (UnsafeRawBufferPointer) throws -> Key
  ) throws(DataKeyError) -> Key {
    try open(pkcs8, as: algorithm) { privateKey in
      var outer = DERReader(privateKey)
      var ecPrivateKey = try DERReader(outer.read(.sequence))
      try outer.finish()
      guard try ecPrivateKey.readSmallInteger() == 1 else { throw DERError() }
      return try make(ecPrivateKey.read(.octetString))
    }
  }
}
