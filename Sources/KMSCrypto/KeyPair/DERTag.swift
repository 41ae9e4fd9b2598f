// The few DER elements (X.690) that key encodings are made of.

/// A DER tag that a key encoding uses.
enum DERTag: UInt8 {
  case integer = 0x02
  case bitString = 0x03
  case octetString = 0x04
  case null = 0x05
  case objectIdentifier = 0x06
  case sequence = 0x30
  /// An OCTET STRING in parts, which BER has and DER has not.
  case constructedOctetString = 0x24
  /// `[0]`, primitive: the seed in an ML-DSA-PrivateKey.
  case primitiveContext0 = 0x80
  /// `[1]`, primitive: the public key in a OneAsymmetricKey.
  case primitiveContext1 = 0x81
  /// `[0]`, constructed: the attributes of a OneAsymmetricKey, the curve in an ECPrivateKey.
  case context0 = 0xA0
  /// `[1]`, constructed: the public key in an ECPrivateKey.
  case context1 = 0xA1

  /// The tag and the length of an element whose content takes `count` bytes.
  func header(_ count: Int) -> [UInt8] {
    guard count >= 0x80 else { return [rawValue, UInt8(truncatingIfNeeded: count)] }
    let length = stride(from: count.bitWidth - 8, through: 0, by: -8)
      .map { UInt8(truncatingIfNeeded: count >> $0) }
      .drop { $0 == 0 }
    return [rawValue, 0x80 | UInt8(truncatingIfNeeded: length.count)] + length
  }

  /// A whole element.
  func encode(_ content: [UInt8]) -> [UInt8] { header(content.count) + content }
}
