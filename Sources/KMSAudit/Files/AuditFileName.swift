// Names of files, by which they are in order.

/// `audit-000000000001.jsonl`: a file, by the number of its first record.
struct AuditFileName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number of the file's first record.
  let firstSequence: UInt64

  private static let prefix = "audit-"
  private static let suffix = ".jsonl"
  private static let digits = 12

  /// The file whose first record has this number.
  init(firstSequence: UInt64) { self.firstSequence = firstSequence }

  /// Nil unless `text` is the name of such a file, in its one spelling.
  init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), text.hasSuffix(Self.suffix),
      let number = UInt64(text.dropFirst(Self.prefix.count).dropLast(Self.suffix.count))
    else { return nil }
    self.init(firstSequence: number)
    guard description == text else { return nil }
  }

  /// The name.
  var description: String {
    let number = String(firstSequence)
    return Self.prefix + String(repeating: "0", count: max(Self.digits - number.count, 0)) + number + Self.suffix
  }

  static func < (left: Self, right: Self) -> Bool { left.firstSequence < right.firstSequence }
}
