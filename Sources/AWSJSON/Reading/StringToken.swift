// Finding the end of a JSON string, and proving on the way that it is well formed.

/// Where a string's content lies in the body (quotes left out). Its UTF-8 and its escapes have been checked.
struct StringToken {
  var start: Int
  var end: Int
  var hasEscapes: Bool
}

extension StringToken {
  /// Scans the string whose opening quote is at `quote`.
  static func scan(_ bytes: Span<UInt8>, quote: Int) throws(JSONError) -> StringToken {
    let raw = bytes.bytes
    let count = bytes.count
    var index = quote + 1
    var hasEscapes = false
    while true {
      // Eight plain bytes at a time.
      while index &+ 8 <= count {
        let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        let special = specialBytes(UInt64(littleEndian: word))
        index &+= special.trailingZeroBitCount >> 3
        if special != 0 { break }
      }
      guard index < count else { throw .syntax(offset: count) }
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""): return StringToken(start: quote + 1, end: index, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        index = try skipEscape(bytes, at: index)
      case 0x00..<0x20: throw .syntax(offset: index)
      case 0x20..<0x80: index &+= 1
      default:
        let length = utf8SequenceLength(bytes, at: index)
        guard length > 0 else { throw .invalidUTF8(offset: index) }
        index &+= length
      }
    }
  }

  /// Marks the bytes that are a quote, a backslash, a control character or not ASCII. The lowest mark is always right;
  /// above it, a borrow may have made a wrong one.
  @inline(__always)
  private static func specialBytes(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    // Taking 1 from a zero byte, or 0x20 from a control character, sets its top bit.
    return ((quote &- ones) | (backslash &- ones) | (word &- ones &* 0x20) | word) & (ones &* 0x80)
  }

  /// The index behind the escape whose backslash is at `index`; for a surrogate, behind its pair.
  private static func skipEscape(_ bytes: Span<UInt8>, at index: Int) throws(JSONError) -> Int {
    guard index + 1 < bytes.count else { throw .syntax(offset: bytes.count) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return index + 2
    case UInt8(ascii: "u"):
      guard let unit = codeUnit(bytes, at: index) else { throw .syntax(offset: index) }
      switch unit {
      case 0xD800..<0xDC00:
        guard let low = codeUnit(bytes, at: index + 6), (0xDC00..<0xE000).contains(low) else {
          throw .syntax(offset: index)
        }
        return index + 12
      case 0xDC00..<0xE000: throw .syntax(offset: index)
      default: return index + 6
      }
    default: throw .syntax(offset: index + 1)
    }
  }

  /// The value of `\uXXXX` at `index`, or nil if that is not there.
  static func codeUnit(_ bytes: Span<UInt8>, at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    var value: UInt32 = 0
    for digit in index + 2..<index + 6 {
      let nibble: UInt8
      switch bytes[digit] {
      case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"): nibble = byte - UInt8(ascii: "0")
      case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"): nibble = byte - UInt8(ascii: "a") + 10
      case let byte where byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"): nibble = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(nibble)
    }
    return value
  }

  /// The length of the multi-byte UTF-8 sequence at `index`, or 0 if it is malformed
  /// (The Unicode Standard, table 3-7: no overlong forms, no surrogates, nothing past U+10FFFF).
  private static func utf8SequenceLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    for next in index + 2..<index + length where bytes[next] & 0xC0 != 0x80 { return 0 }
    return length
  }
}

extension StringToken {
  /// The content with its escapes replaced, appended to `output`. It never gets longer than it was.
  func unescape(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
    var index = start
    while index < end {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < end else {
        output.append(byte)
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "b"): output.append(0x08)
      case UInt8(ascii: "f"): output.append(0x0C)
      case UInt8(ascii: "n"): output.append(0x0A)
      case UInt8(ascii: "r"): output.append(0x0D)
      case UInt8(ascii: "t"): output.append(0x09)
      case UInt8(ascii: "u"):
        let (scalar, length) = escapedScalar(bytes, at: index)
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        index += length
        continue
      case let literal: output.append(literal)
      }
      index += 2
    }
  }

  private func escapedScalar(_ bytes: Span<UInt8>, at index: Int) -> (Unicode.Scalar, length: Int) {
    guard let unit = Self.codeUnit(bytes, at: index) else { return ("\u{FFFD}", 2) }
    if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
    // `scan` has made sure that the second half follows.
    guard let low = Self.codeUnit(bytes, at: index + 6),
      let scalar = Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
    else { return ("\u{FFFD}", 6) }
    return (scalar, 12)
  }
}
