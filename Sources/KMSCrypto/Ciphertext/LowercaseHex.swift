// Lower-case hexadecimal, as key ids and material ids are written.

/// Lower-case hexadecimal digits, as ASCII. Upper-case ones are refused: an id has one spelling.
public enum LowercaseHex {
  /// `bytes` as text.
  public static func text(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
      for (index, byte) in bytes.enumerated() {
        text[2 * index] = digit(byte >> 4)
        text[2 * index + 1] = digit(byte)
      }
      return 2 * bytes.count
    }
  }

  /// The digit for the low four bits of `value`.
  static func digit(_ value: UInt8) -> UInt8 {
    let value = value & 0x0F
    return value < 10 ? 0x30 + value : 0x61 - 10 + value
  }

  /// The byte that two digits stand for, or nil.
  static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = value(high), let low = value(low) else { return nil }
    return high << 4 | low
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}
