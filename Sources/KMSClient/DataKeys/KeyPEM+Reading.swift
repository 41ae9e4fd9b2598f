// Keys from PEM text, as strict as the text that is written.

public import SecureMemory

extension KeyPEM {
  /// The SubjectPublicKeyInfo DER in a `PUBLIC KEY` text.
  ///
  /// The text must be one block in the strict form of RFC 7468, 3: nothing before or after it, 64 characters in every
  /// line but the last, no spaces, canonical base64. Lines end in a line feed, or a carriage return and a line feed; the
  /// last one may lack it. Longer texts than any key needs, over 128 KiB, are refused.
  /// - Throws: ``DataKeyError/malformedPEM``. The DER inside is not looked at.
  public static func subjectPublicKeyInfo(fromPublicKey pem: String) throws(DataKeyError) -> [UInt8] {
    let text = Array(pem.utf8.prefix(PEMBlock.maximumByteCount + 1))
    let der = try text.withUnsafeBufferPointer { (text) throws(DataKeyError) in
      try PEMBlock(UnsafeRawBufferPointer(text), label: "PUBLIC KEY").content()
    }
    return der.withUnsafeBytes { Array($0) }
  }

  /// The PKCS#8 DER in a `PRIVATE KEY` text, in ASCII, held to the same form as a public key's.
  ///
  /// No copy of the key is made outside `SecretBytes`, and the decoding takes no branch and reads no table that depends
  /// on the key. Encrypted keys and the older `EC PRIVATE KEY` and `RSA PRIVATE KEY` are other labels, and refused.
  /// - Throws: ``DataKeyError/malformedPEM``. The DER inside is not looked at.
  public static func pkcs8(fromPrivateKey pem: SecretBytes) throws(DataKeyError) -> SecretBytes {
    try pem.withUnsafeBytes { (text) throws(DataKeyError) in
      try PEMBlock(text, label: "PRIVATE KEY").content()
    }
  }
}

extension DataKeyPrivateKey {
  /// Reads a private key from its PEM text, `PRIVATE KEY`, in ASCII.
  ///
  /// - Throws: ``DataKeyError/malformedPEM``, ``DataKeyError/otherKeyType`` or ``DataKeyError/malformedKey``.
  public init(pem: SecretBytes) throws(DataKeyError) {
    try self.init(pkcs8: KeyPEM.pkcs8(fromPrivateKey: pem))
  }
}

extension DataKeyPublicKey {
  /// Reads a public key from its PEM text, `PUBLIC KEY`.
  ///
  /// - Throws: ``DataKeyError/malformedPEM``, ``DataKeyError/otherKeyType`` or ``DataKeyError/malformedKey``.
  public init(pem: String) throws(DataKeyError) {
    try self.init(subjectPublicKeyInfo: KeyPEM.subjectPublicKeyInfo(fromPublicKey: pem))
  }
}
