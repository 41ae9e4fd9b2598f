// The ids of grants.

import KMSCrypto
import KMSDomain

/// What a grant's id looks like: 64 lower-case hex digits.
enum GrantID {
  /// A new id.
  static func fresh() -> String { LowercaseHex.text(RandomBytes.array(count: 32)) }

  /// `text`, unless no grant has such an id.
  static func check(_ text: String) throws(Fault) -> String {
    guard isValid(text) else { throw .invalidGrantID }
    return text
  }

  /// Whether `text` looks like a grant's id.
  static func isValid(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
