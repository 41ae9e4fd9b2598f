// Numbers as policies write them.

/// A number in decimal, with a fraction and an exponent or without.
enum DecimalNumber {
  /// The number that `text` writes; nil for anything else, for other bases, and for what is too large.
  static func parse(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
