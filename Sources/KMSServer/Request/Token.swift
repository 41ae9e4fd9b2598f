// The text of HTTP fields: words that have no case, and the white space that is not part of a value.

extension String {
  /// Whether this is `token`, which must be given in lower case (RFC 9110 §5.1, §7, §10.1.1).
  func isToken(_ token: StaticString) -> Bool {
    guard utf8.count == token.utf8CodeUnitCount else { return false }
    return token.withUTF8Buffer { expected in
      var index = expected.startIndex
      for byte in utf8 {
        let lower = 0x41...0x5A ~= byte ? byte | 0x20 : byte
        guard lower == expected[index] else { return false }
        index += 1
      }
      return true
    }
  }

  /// The field value without the white space before the end of its line, which the decoder leaves in (RFC 9110 §5.5).
  var withoutTrailingSpace: String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    guard let last = utf8.last, isSpace(last) else { return self }
    return String(self[..<(utf8.lastIndex { !isSpace($0) }.map(utf8.index(after:)) ?? startIndex)])
  }
}
