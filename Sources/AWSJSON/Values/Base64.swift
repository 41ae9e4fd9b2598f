// Standard base64 (RFC 4648 §4), without tables, so that no timing depends on the data: private keys pass through here.

internal import SecureMemory

/// Encoding and strict decoding: padding required, no white space, and no stray bits in the last character,
/// so that each byte string has exactly one text.
enum Base64 {
  /// How many characters `count` bytes take.
  static func encodedCount(_ count: Int) -> Int { (count + 2) / 3 * 4 }

  /// The bytes of `text`, or nil if it is not base64.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard let count = decodedCount(text) else { return nil }
    var isValid = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      isValid = text.withUnsafeBytes { decode($0, into: UnsafeMutableRawBufferPointer(buffer)) }
      initialized = count
    }
    return isValid ? bytes : nil
  }

  /// As ``decode(_:)``, straight into protected memory.
  static func decodeSecret(_ text: ArraySlice<UInt8>) -> SecretBytes? {
    guard let count = decodedCount(text) else { return nil }
    var isValid = false
    let secret = SecretBytes(count: count) { buffer in
      isValid = text.withUnsafeBytes { decode($0, into: buffer) }
    }
    return isValid ? secret : nil
  }

  /// How many bytes `text` stands for, judged by its length and padding.
  private static func decodedCount(_ text: ArraySlice<UInt8>) -> Int? {
    guard text.count % 4 == 0 else { return nil }
    return text.count / 4 * 3 - text.suffix(2).count { $0 == UInt8(ascii: "=") }
  }

  /// Fills `output`, whose size ``decodedCount(_:)`` gave, completely; false if `text` was malformed.
  private static func decode(_ text: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
    let padding = text.count / 4 * 3 - output.count
    var invalid: UInt32 = 0
    var (from, to) = (0, 0)
    let wholeEnd = padding == 0 ? text.count : text.count - 4
    while from < wholeEnd {
      let group =
        sextet(text[from]) << 18 | sextet(text[from + 1]) << 12 | sextet(text[from + 2]) << 6 | sextet(text[from + 3])
      invalid |= group
      output[to] = UInt8(truncatingIfNeeded: group >> 16)
      output[to + 1] = UInt8(truncatingIfNeeded: group >> 8)
      output[to + 2] = UInt8(truncatingIfNeeded: group)
      (from, to) = (from + 4, to + 3)
    }
    if padding > 0 {
      let third = padding == 1 ? sextet(text[from + 2]) : 0
      let group = sextet(text[from]) << 18 | sextet(text[from + 1]) << 12 | third << 6
      // The bits that the missing bytes would have held must be zero.
      invalid |= group
      if group & (padding == 1 ? 0xFF : 0xFFFF) != 0 { invalid = .max }
      output[to] = UInt8(truncatingIfNeeded: group >> 16)
      if padding == 1 { output[to + 1] = UInt8(truncatingIfNeeded: group >> 8) }
      // The padding was counted in the last two characters: "=A" has some, but in the wrong place.
      if text[from + 3] != UInt8(ascii: "=") { invalid = .max }
    }
    return invalid >> 24 == 0
  }

  /// The value of a character; for anything outside the alphabet, a number with its top bits set, which survives the
  /// shifts of ``decode(_:into:)``.
  @inline(__always)
  private static func sextet(_ character: UInt8) -> UInt32 {
    let c = Int32(character)
    var value: Int32 = -1
    value &+= within(c, 65, 90) & (c &- 64)
    value &+= within(c, 97, 122) & (c &- 70)
    value &+= within(c, 48, 57) & (c &+ 5)
    value &+= within(c, 43, 43) & 63
    value &+= within(c, 47, 47) & 64
    return UInt32(bitPattern: value)
  }

  /// All ones if `low <= c <= high`, else zero.
  @inline(__always)
  private static func within(_ c: Int32, _ low: Int32, _ high: Int32) -> Int32 {
    ~((c &- low) | (high &- c)) >> 31
  }

  /// Writes the text of `bytes` into `output`, which has room for exactly that.
  static func encode(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
    var (from, to) = (0, 0)
    while from + 3 <= bytes.count {
      let group = UInt32(bytes[from]) << 16 | UInt32(bytes[from + 1]) << 8 | UInt32(bytes[from + 2])
      output[to] = character(group >> 18)
      output[to + 1] = character(group >> 12)
      output[to + 2] = character(group >> 6)
      output[to + 3] = character(group)
      (from, to) = (from + 3, to + 4)
    }
    let rest = bytes.count - from
    guard rest > 0 else { return }
    let group = UInt32(bytes[from]) << 16 | (rest == 2 ? UInt32(bytes[from + 1]) << 8 : 0)
    output[to] = character(group >> 18)
    output[to + 1] = character(group >> 12)
    output[to + 2] = rest == 2 ? character(group >> 6) : UInt8(ascii: "=")
    output[to + 3] = UInt8(ascii: "=")
  }

  /// The character of the lowest six bits.
  @inline(__always)
  private static func character(_ bits: UInt32) -> UInt8 {
    let value = Int32(bitPattern: bits & 63)
    // Start at "A" and jump the gaps of the alphabet: to "a" at 26, to "0" at 52, to "+" at 62, to "/" at 63.
    var code = value &+ 65
    code &+= ((25 &- value) >> 31) & 6
    code &-= ((51 &- value) >> 31) & 75
    code &-= ((61 &- value) >> 31) & 15
    code &+= ((62 &- value) >> 31) & 3
    return UInt8(truncatingIfNeeded: code)
  }
}
