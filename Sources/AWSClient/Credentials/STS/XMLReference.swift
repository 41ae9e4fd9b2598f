// References in XML text: `&amp;`, `&#38;`, `&#x26;`.

/// A character that a reference stands for.
struct XMLReference {
  /// The character in UTF-8.
  let text: [UInt8]
  /// The index behind the reference's semicolon.
  let end: Int

  /// Reads the reference whose `&` is before the front of `bytes`: to one of the five entities that every document
  /// has, or to a character by its number.
  init(_ bytes: ArraySlice<UInt8>) throws(XMLError) {
    let offset = bytes.startIndex - 1
    // The longest is `#x10FFFF`, but for zeros in front.
    let name = bytes.prefix(10).prefix { $0 != UInt8(ascii: ";") }
    guard name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: ";"), let first = name.first else {
      throw .syntax(offset: offset)
    }
    end = name.endIndex + 1
    if first == UInt8(ascii: "#") {
      guard let scalar = Self.scalar(name.dropFirst()) else { throw .syntax(offset: offset) }
      text = Array(String(scalar).utf8)
      return
    }
    switch String(decoding: name, as: UTF8.self) {
    case "lt": text = [UInt8(ascii: "<")]
    case "gt": text = [UInt8(ascii: ">")]
    case "amp": text = [UInt8(ascii: "&")]
    case "quot": text = [UInt8(ascii: "\"")]
    case "apos": text = [UInt8(ascii: "'")]
    default: throw .unsupported(offset: offset)
    }
  }

  /// The character with a number, `38` or `x26`, if XML may have it (XML 1.0, production 2).
  private static func scalar(_ digits: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let isHexadecimal = digits.first == UInt8(ascii: "x")
    let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
    // A sign is no digit, though `UInt32` would take one.
    guard text.utf8.first != UInt8(ascii: "+"), let number = UInt32(text, radix: isHexadecimal ? 16 : 10) else {
      return nil
    }
    switch number {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: return Unicode.Scalar(number)
    default: return nil
    }
  }
}
