// A key id in 17 bytes: its form, and its 128 bits.

/// A key id as a ciphertext carries it. The two spellings map to bytes one to one.
enum CompactKeyID {
  static let byteCount = 17

  private static let multiRegionPrefix: [UInt8] = Array("mrk-".utf8)
  private static let textByteCount = 36

  private enum Form: UInt8 {
    case uuid = 0
    case multiRegion = 1
  }

  /// Writes the form byte and the 16 bytes of `text` to `output`; false, and an undefined output, for other text.
  static func write(_ text: String, into output: UnsafeMutableRawBufferPointer) -> Bool {
    guard output.count == byteCount else { return false }
    var text = text
    return text.withUTF8 { text in
      guard text.count == textByteCount else { return false }
      let form: Form = text.starts(with: multiRegionPrefix) ? .multiRegion : .uuid
      output[0] = form.rawValue
      var position = form == .multiRegion ? multiRegionPrefix.count : 0
      for index in 1..<byteCount {
        if form == .uuid, isDash(position) {
          guard text[position] == UInt8(ascii: "-") else { return false }
          position += 1
        }
        guard let byte = LowercaseHex.byte(text[position], text[position + 1]) else { return false }
        output[index] = byte
        position += 2
      }
      return true
    }
  }

  /// The text of 17 bytes that ``write(_:into:)`` may have written, or nil.
  static func text(of bytes: UnsafeRawBufferPointer) -> String? {
    guard bytes.count == byteCount, let form = Form(rawValue: bytes[0]) else { return nil }
    return String(unsafeUninitializedCapacity: textByteCount) { text in
      var position = 0
      func append(_ character: UInt8) {
        text[position] = character
        position += 1
      }
      if form == .multiRegion { multiRegionPrefix.forEach(append) }
      for index in 1..<byteCount {
        if form == .uuid, isDash(position) { append(UInt8(ascii: "-")) }
        append(LowercaseHex.digit(bytes[index] >> 4))
        append(LowercaseHex.digit(bytes[index]))
      }
      return position
    }
  }

  private static func isDash(_ position: Int) -> Bool {
    position == 8 || position == 13 || position == 18 || position == 23
  }
}
