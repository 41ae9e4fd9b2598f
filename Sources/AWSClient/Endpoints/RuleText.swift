// What the rule language does with texts.

internal import AWSSigV4

enum RuleText {
  /// `text` with every byte written as `%XX` that is not unreserved (RFC 3986 §2.3).
  static func percentEncoded(_ text: String) -> String {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count)
    encoded.append(percentEncoded: text.utf8)
    return String(decoding: encoded, as: UTF8.self)
  }

  /// The characters from `start` up to but not including `end`, both counted from the text's end if `isReversed`.
  /// Nil when there are not so many, and when the text is not ASCII.
  static func substring(_ text: String, from start: Int, to end: Int, isReversed: Bool) -> String? {
    let bytes = Array(text.utf8)
    guard 0 <= start, start < end, end <= bytes.count, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    let range = isReversed ? bytes.count - end..<bytes.count - start : start..<end
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The parts of `text` between delimiters: at most `limit`, the last with all that is left; 0 for all of them.
  static func split(_ text: String, at delimiter: String, limit: Int) -> [String] {
    Array(text.utf8)
      .split(
        separator: Array(delimiter.utf8), maxSplits: limit == 0 ? .max : limit - 1, omittingEmptySubsequences: false
      )
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
