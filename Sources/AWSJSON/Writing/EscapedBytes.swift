// Finding what must be escaped in a string, eight bytes at a time: most strings have nothing of it.

/// The bytes that RFC 8259 does not let stand in a string: quotes, backslashes, control characters.
enum EscapedBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// How many bytes stand in front of the first one to escape.
  @inline(__always)
  static func cleanPrefix(of text: UnsafeRawBufferPointer) -> Int {
    var index = 0
    while index + 8 <= text.count {
      let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let found =
        hasByte(below: 0x20, in: word) | hasZero(word ^ (ones &* UInt64(UInt8(ascii: "\""))))
        | hasZero(word ^ (ones &* UInt64(UInt8(ascii: "\\"))))
      guard found == 0 else { break }
      index += 8
    }
    while index < text.count, !isEscaped(text[index]) { index += 1 }
    return index
  }

  @inline(__always)
  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  // Whether some byte of a word is small is what is asked, not which one: borrows between bytes do no harm to that.

  /// Not zero if some byte of the word is less than `limit`, which is at most 128.
  @inline(__always)
  private static func hasByte(below limit: UInt8, in word: UInt64) -> UInt64 {
    (word &- ones &* UInt64(limit)) & ~word & highBits
  }

  /// Not zero if some byte of the word is.
  @inline(__always)
  private static func hasZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highBits }
}
