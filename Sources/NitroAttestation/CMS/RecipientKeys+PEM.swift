// A recipient's keys in files.

public import SecureMemory

extension RecipientPublicKey {
  /// Reads a key from a file's content: a SubjectPublicKeyInfo, DER or PEM (`PUBLIC KEY`).
  ///
  /// Throws ``AttestationError/unsupportedPublicKey`` for anything else.
  public init(pemOrDER content: [UInt8]) throws(AttestationError) {
    guard content.first != PEMBlocks.derSequence else {
      self = try RecipientPublicKey(subjectPublicKeyInfo: content)
      return
    }
    guard let blocks = PEMBlocks.read(content, label: "PUBLIC KEY"), blocks.count == 1, let der = blocks.first else {
      throw .unsupportedPublicKey
    }
    self = try RecipientPublicKey(subjectPublicKeyInfo: der)
  }
}

extension RecipientPrivateKey {
  /// Reads a key from a file's content: PKCS #8 or PKCS #1, DER or PEM (`PRIVATE KEY`, `RSA PRIVATE KEY`), unencrypted.
  public init(pemOrDER content: SecretBytes) throws(MalformedKey) {
    let der = try content.withUnsafeBytes { bytes throws(MalformedKey) in
      guard bytes.first != PEMBlocks.derSequence else { return content }
      for label in ["PRIVATE KEY", "RSA PRIVATE KEY"] {
        guard var blocks = PEMBlocks.read(bytes, label: label) else { continue }
        defer { for index in blocks.indices { SecretBytes.wipe(&blocks[index]) } }
        guard blocks.count == 1, let block = blocks.first else { break }
        return SecretBytes(block)
      }
      throw MalformedKey()
    }
    try self.init(derRepresentation: der)
  }

  /// A private key of PKCS #8 (DER) as PEM.
  public static func pem(pkcs8 der: SecretBytes) -> SecretBytes {
    var (der, pem) = (der.withUnsafeBytes { Array($0) }, [UInt8]())
    defer {
      SecretBytes.wipe(&der)
      SecretBytes.wipe(&pem)
    }
    pem = PEMBlocks.write(der, label: "PRIVATE KEY")
    return SecretBytes(pem)
  }
}

extension PEMBlocks {
  /// What every key in DER begins with: the tag of a SEQUENCE.
  fileprivate static let derSequence: UInt8 = 0x30
}
