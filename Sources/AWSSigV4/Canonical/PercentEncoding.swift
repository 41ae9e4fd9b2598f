// Percent-encoding as Signature Version 4 wants it: RFC 3986 unreserved characters stay, hexadecimal in capitals.

extension UInt8 {
  /// Whether RFC 3986 §2.3 calls the character unreserved.
  fileprivate var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }

  /// The value of a hexadecimal digit of either case.
  fileprivate var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension [UInt8] {
  /// Appends `byte`, percent-encoded unless it is unreserved.
  package mutating func append(percentEncoded byte: UInt8) {
    guard !byte.isUnreserved else { return append(byte) }
    append(UInt8(ascii: "%"))
    for digit in [byte >> 4, byte & 0x0F] {
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
    }
  }

  /// Appends every byte of `bytes`, percent-encoded unless it is unreserved.
  package mutating func append(percentEncoded bytes: some Sequence<UInt8>) {
    for byte in bytes { append(percentEncoded: byte) }
  }

  /// The bytes of `range` with percent-encoding undone. A `%` that no two digits follow stands for itself, and so does `+`.
  init(percentDecoding bytes: Span<UInt8>, in range: Range<Int>) {
    self.init()
    reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < range.upperBound,
        let high = bytes[index + 1].hexadecimalValue, let low = bytes[index + 2].hexadecimalValue
      {
        append(high << 4 | low)
        index += 3
      } else {
        append(bytes[index])
        index += 1
      }
    }
  }
}
