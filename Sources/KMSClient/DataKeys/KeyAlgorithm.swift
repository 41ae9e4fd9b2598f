// The AlgorithmIdentifiers of the key types that swift-crypto has.

/// The kind of key that an AlgorithmIdentifier in a PKCS#8 or SubjectPublicKeyInfo names.
enum KeyAlgorithm: Equatable {
  case rsa
  case nistP256
  case nistP384
  case nistP521
  case ed25519
  /// secp256k1, SM2, or anything else that swift-crypto has no type for.
  case other

  /// Reads the contents of the OBJECT IDENTIFIER, and the parameters as they stand in the DER.
  init(object: UnsafeRawBufferPointer, parameters: UnsafeRawBufferPointer) {
    let known = Self.identifiers.first {
      $0.object.elementsEqual(object) && $0.parameters.elementsEqual(parameters)
    }
    self = known?.algorithm ?? .other
  }

  private static let ecPublicKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]

  private static let identifiers: [(object: [UInt8], parameters: [UInt8], algorithm: KeyAlgorithm)] = [
    // rsaEncryption with NULL (RFC 8017, A.1)
    ([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01], [0x05, 0x00], .rsa),
    // id-ecPublicKey with a named curve (RFC 5480, 2.1.1.1)
    (ecPublicKey, [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], .nistP256),
    (ecPublicKey, [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22], .nistP384),
    (ecPublicKey, [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23], .nistP521),
    // id-Ed25519, no parameters (RFC 8410, 3)
    ([0x2B, 0x65, 0x70], [], .ed25519),
  ]
}
