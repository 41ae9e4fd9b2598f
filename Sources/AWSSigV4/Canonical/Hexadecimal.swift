// Lower-case hexadecimal, the only spelling of digests in Signature Version 4.

extension [UInt8] {
  /// Appends two lower-case digits for every byte.
  mutating func append(hexadecimal bytes: some Sequence<UInt8>) {
    for byte in bytes {
      append(Self.hexadecimalDigit(byte >> 4))
      append(Self.hexadecimalDigit(byte & 0x0F))
    }
  }

  /// The digit for `value` (0–15), computed rather than looked up, so that a digest leaves no trace in the cache.
  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    // 39 is the distance from the character after "9" to "a"; the mask is all ones for 10 and above.
    let isLetter = UInt8(bitPattern: Int8(bitPattern: 9 &- value) >> 7)
    return UInt8(ascii: "0") &+ value &+ (39 & isLetter)
  }
}
