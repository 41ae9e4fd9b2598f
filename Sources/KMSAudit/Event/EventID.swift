// The ids of records. Each request needs one, so the system is asked for randomness once for many of them.

import Crypto
import Synchronization

/// Makes version-4 UUIDs in lower case.
enum EventID {
  /// Random numbers that no id has used yet; an id takes two.
  private static let randomness = Mutex<[UInt64]>([])
  private static let bitsPerFill = 8192

  /// An id that no other record has.
  static func fresh() -> String {
    let (high, low) = randomness.withLock { numbers in
      if numbers.count < 2 { numbers = fill() }
      return (numbers.popLast() ?? 0, numbers.popLast() ?? 0)
    }
    return text(high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000, low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
  }

  private static func fill() -> [UInt64] {
    SymmetricKey(size: SymmetricKeySize(bitCount: bitsPerFill)).withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map { bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self) }
    }
  }

  private static func text(_ high: UInt64, _ low: UInt64) -> String {
    String(unsafeUninitializedCapacity: 36) { text in
      var position = 0
      for word in [high, low] {
        for shift in stride(from: 60, through: 0, by: -4) {
          if position == 8 || position == 13 || position == 18 || position == 23 {
            text[position] = UInt8(ascii: "-")
            position += 1
          }
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
          text[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
          position += 1
        }
      }
      return position
    }
  }
}
