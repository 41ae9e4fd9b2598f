// Lower-case hexadecimal, the only spelling of digests in Signature Version 4.

internal import Crypto

extension [UInt8] {
  /// Appends a digest's 64 digits.
  mutating func append(hexadecimal digest: SHA256.Digest) {
    // Not by iterating the digest: its iterator copies it into an array first.
    digest.withUnsafeBytes { append(hexadecimal: $0) }
  }

  /// Appends two lower-case digits for every byte.
  mutating func append(hexadecimal bytes: UnsafeRawBufferPointer) {
    let start = count
    append(contentsOf: repeatElement(0, count: 2 * bytes.count))
    var digits = mutableSpan
    var index = start
    for byte in bytes {
      digits[index] = Self.hexadecimalDigit(byte >> 4)
      digits[index + 1] = Self.hexadecimalDigit(byte & 0x0F)
      index += 2
    }
  }

  /// The digit for `value` (0–15), computed rather than looked up, so that a digest leaves no trace in the cache.
  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    // 39 is the distance from the character after "9" to "a"; the mask is all ones for 10 and above.
    let isLetter = UInt8(bitPattern: Int8(bitPattern: 9 &- value) >> 7)
    return UInt8(ascii: "0") &+ value &+ (39 & isLetter)
  }
}
