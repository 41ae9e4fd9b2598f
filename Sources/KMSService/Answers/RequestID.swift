// The id by which a request is found again in logs.

/// A fresh version-4 UUID in lower case, made without Foundation: every answer carries one.
struct RequestID: Sendable, CustomStringConvertible {
  let description: String

  init() {
    var generator = SystemRandomNumberGenerator()
    let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    description = String(unsafeUninitializedCapacity: 36) { buffer in
      var position = 0
      func append(_ word: UInt64) {
        for shift in stride(from: 60, through: 0, by: -4) {
          if [8, 13, 18, 23].contains(position) {
            buffer[position] = 0x2D
            position += 1
          }
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 0xF
          buffer[position] = digit < 10 ? 0x30 + digit : 0x57 + digit
          position += 1
        }
      }
      append(high)
      append(low)
      return position
    }
  }
}
