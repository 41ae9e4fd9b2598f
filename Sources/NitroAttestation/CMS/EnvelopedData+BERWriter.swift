// Writes EnvelopedData in the one form of BER that AWS's enclave SDK reads.

extension EnvelopedData {
  /// ContentInfo with this inside.
  ///
  /// The outer SEQUENCE, the tag around EnvelopedData, EnvelopedData itself, EncryptedContentInfo and the content have
  /// indefinite lengths, everything else definite ones: aws-nitro-enclaves-sdk-c (`source/cms.c`) steps into a value
  /// only where its length is indefinite, and over the others. KMS's own answers have this form too.
  var encoded: [UInt8] {
    let recipientInfo = Self.element(
      .sequence,
      Self.integer(Self.version),
      Self.element(.contextPrimitive0, subjectKeyIdentifier),
      Self.keyEncryptionAlgorithm,
      Self.element(.octetString, encryptedKey))
    let contentEncryptionAlgorithm = Self.element(
      .sequence, Self.aes256CBC, Self.element(.octetString, initializationVector))
    let encryptedContentInfo = Self.indefinite(
      .sequence, Self.data, contentEncryptionAlgorithm,
      Self.indefinite(.context0, Self.element(.octetString, encryptedContent)))
    let envelopedData = Self.indefinite(
      .sequence, Self.integer(Self.version), Self.element(.set, recipientInfo), encryptedContentInfo)
    return Self.indefinite(.sequence, Self.envelopedData, Self.indefinite(.context0, envelopedData))
  }

  private enum Tag: UInt8 {
    case integer = 0x02
    case octetString = 0x04
    case null = 0x05
    case objectIdentifier = 0x06
    case sequence = 0x30
    case set = 0x31
    case contextPrimitive0 = 0x80
    case context0 = 0xA0
    case context1 = 0xA1
  }

  /// 1.2.840.113549.1.7.3
  private static let envelopedData = element(
    .objectIdentifier, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03])
  /// 1.2.840.113549.1.7.1
  private static let data = element(.objectIdentifier, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])
  /// 2.16.840.1.101.3.4.1.42
  private static let aes256CBC = element(
    .objectIdentifier, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2A])
  /// 2.16.840.1.101.3.4.2.1, with its NULL
  private static let sha256 = element(
    .sequence, element(.objectIdentifier, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]), element(.null))
  /// 1.2.840.113549.1.1.8
  private static let mgf1 = element(.objectIdentifier, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08])
  /// 1.2.840.113549.1.1.7
  private static let rsaesOAEP = element(.objectIdentifier, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x07])

  /// RSAES-OAEP with its parameters, SHA-256 and MGF1 with SHA-256, and the label that is the default, which DER leaves
  /// out (RFC 4055 section 4.1).
  private static let keyEncryptionAlgorithm = element(
    .sequence, rsaesOAEP,
    element(.sequence, element(.context0, sha256), element(.context1, element(.sequence, mgf1, sha256))))

  private static func integer(_ number: Int) -> [UInt8] {
    element(.integer, [UInt8(truncatingIfNeeded: number)])
  }

  /// A value whose length is written before it, in as few bytes as can be.
  private static func element(_ tag: Tag, _ contents: [UInt8]...) -> [UInt8] {
    let contents = contents.flatMap { $0 }
    guard contents.count >= 0x80 else { return [tag.rawValue, UInt8(contents.count)] + contents }
    var length: [UInt8] = []
    var rest = contents.count
    while rest > 0 {
      length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    }
    return [tag.rawValue, 0x80 | UInt8(length.count)] + length + contents
  }

  /// A value that ends with end-of-contents octets (X.690 section 8.1.3.6).
  private static func indefinite(_ tag: Tag, _ contents: [UInt8]...) -> [UInt8] {
    [tag.rawValue, 0x80] + contents.flatMap { $0 } + [0, 0]
  }
}
