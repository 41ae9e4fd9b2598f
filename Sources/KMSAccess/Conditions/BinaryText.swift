// Bytes as policies write them.

import struct FoundationEssentials.Data

/// Base64 (RFC 4648 §4) in its one canonical form, so that equal texts are equal bytes.
enum BinaryText {
  /// Whether `text` is that form of some bytes.
  static func isCanonical(_ text: String) -> Bool {
    guard let data = Data(base64Encoded: text) else { return false }
    return data.base64EncodedString().utf8.elementsEqual(text.utf8)
  }

  /// The bytes that `text` stands for, to be compared with such text.
  static func pattern(_ text: String) -> WildcardPattern {
    WildcardPattern(coded: Array(text.utf8), ignoringCase: false)
  }
}
