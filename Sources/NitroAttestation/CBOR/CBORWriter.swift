// Writes the deterministic subset of CBOR.

/// Writes data items as ``CBORReader`` reads them: definite lengths, shortest numbers, a map's entries in the map's
/// order.
struct CBORWriter {
  private var output: [UInt8] = []

  /// The encoding of `value`.
  static func write(_ value: CBORValue) -> [UInt8] {
    var writer = CBORWriter()
    writer.append(value)
    return writer.output
  }

  private mutating func append(_ value: CBORValue) {
    switch value {
    case .unsigned(let number): appendHead(0, number)
    case .negative(let number): appendHead(1, number)
    case .bytes(let bytes):
      appendHead(2, UInt64(bytes.count))
      output += bytes
    case .text(let text):
      appendHead(3, UInt64(text.utf8.count))
      output += text.utf8
    case .array(let items):
      appendHead(4, UInt64(items.count))
      for item in items { append(item) }
    case .map(let map):
      appendHead(5, UInt64(map.entries.count))
      for entry in map.entries {
        append(entry.key.value)
        append(entry.value)
      }
    case .tagged(let tag, let item):
      appendHead(6, tag)
      append(item)
    case .boolean(let flag): output.append(flag ? 0xF5 : 0xF4)
    case .null: output.append(0xF6)
    }
  }

  private mutating func appendHead(_ majorType: UInt8, _ argument: UInt64) {
    let width: Int
    let information: UInt8
    switch argument {
    case 0..<24: (width, information) = (0, UInt8(argument))
    case ...0xFF: (width, information) = (1, 24)
    case ...0xFFFF: (width, information) = (2, 25)
    case ...0xFFFF_FFFF: (width, information) = (4, 26)
    default: (width, information) = (8, 27)
    }
    output.append(majorType << 5 | information)
    for index in (0..<width).reversed() { output.append(UInt8(truncatingIfNeeded: argument >> UInt64(index * 8))) }
  }
}
