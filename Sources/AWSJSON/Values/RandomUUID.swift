// Ids that nobody else has, as text and without Foundation.

/// Random UUIDs (RFC 9562 §5.4, version 4) in lower case.
package enum RandomUUID {
  /// A UUID that no call before has returned.
  package static func text() -> String {
    var generator = SystemRandomNumberGenerator()
    let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return String(unsafeUninitializedCapacity: 36) { text in
      var count = 0
      for word in [high, low] {
        for shift in stride(from: 60, through: 0, by: -4) {
          if count == 8 || count == 13 || count == 18 || count == 23 {
            text[count] = UInt8(ascii: "-")
            count += 1
          }
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 0xF
          text[count] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
          count += 1
        }
      }
      return count
    }
  }
}
