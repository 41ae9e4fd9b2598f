// The id by which the service's operators find all attempts of one call.

/// A random UUID (RFC 9562, version 4), sent with every attempt as `amz-sdk-invocation-id`.
struct InvocationID: Sendable, CustomStringConvertible {
  let description: String

  init() {
    var generator = SystemRandomNumberGenerator()
    let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    description = String(unsafeUninitializedCapacity: 36) { text in
      var count = 0
      for nibble in 0..<32 {
        if nibble % 4 == 0, (8...20).contains(nibble) {
          text[count] = UInt8(ascii: "-")
          count += 1
        }
        let word = nibble < 16 ? high : low
        let digit = UInt8(word >> UInt64(60 - 4 * (nibble % 16)) & 0xF)
        text[count] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        count += 1
      }
      return count
    }
  }
}
