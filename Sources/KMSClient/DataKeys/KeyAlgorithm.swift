// The AlgorithmIdentifiers of the key types that KMS has.

/// The kind of key that an AlgorithmIdentifier in a PKCS#8 or SubjectPublicKeyInfo names.
enum KeyAlgorithm: Equatable {
  case rsa
  case nistP256
  case nistP384
  case nistP521
  case ed25519
  /// swift-crypto has no type for it.
  case secp256k1
  /// swift-crypto has no type for it.
  case sm2
  /// Public keys only: there are no data key pairs of it. swift-crypto has no type for it.
  case mlDSA44
  /// Public keys only: there are no data key pairs of it.
  case mlDSA65
  /// Public keys only: there are no data key pairs of it.
  case mlDSA87
  /// Nothing that KMS has.
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
    // id-ecPublicKey with secp256k1 (SEC 2, A.2.1), and with SM2's curve (GB/T 33560)
    (ecPublicKey, [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x0A], .secp256k1),
    (ecPublicKey, [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D], .sm2),
    // id-ml-dsa-44, -65 and -87, no parameters (RFC 9881, 2)
    ([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x11], [], .mlDSA44),
    ([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x12], [], .mlDSA65),
    ([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x13], [], .mlDSA87),
  ]
}
