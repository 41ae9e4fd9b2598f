// The tokens of XML: tags, white space, and what is passed over.

extension XMLReader {
  // MARK: Tags

  mutating func readStartTag() throws(XMLError) -> String {
    guard open.count < Self.maximumDepth else { throw .tooDeep(offset: offset) }
    try take("<")
    let name = try readName()
    var isSeparated = skipWhiteSpace()
    while next != UInt8(ascii: ">"), next != UInt8(ascii: "/") {
      guard isSeparated else { throw .syntax(offset: offset) }
      try skipAttribute()
      isSeparated = skipWhiteSpace()
    }
    isAtEnd = next == UInt8(ascii: "/")
    try take(isAtEnd ? "/>" : ">")
    open.append(name)
    let local = bytes[name].lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.lowerBound
    return String(decoding: bytes[local..<name.upperBound], as: UTF8.self)
  }

  mutating func readEndTag() throws(XMLError) {
    try take("</")
    let name = try readName()
    guard let begun = open.popLast(), bytes[begun] == bytes[name] else { throw .syntax(offset: name.lowerBound) }
    skipWhiteSpace()
    try take(">")
  }

  /// Leaves an element that was written `<Name/>`.
  @discardableResult
  mutating func close() -> String? {
    isAtEnd = false
    open.removeLast()
    return nil
  }

  private mutating func skipAttribute() throws(XMLError) {
    _ = try readName()
    skipWhiteSpace()
    try take("=")
    skipWhiteSpace()
    guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw .syntax(offset: offset)
    }
    offset += 1
    while let byte = next, byte != quote {
      guard Self.isCharacter(byte), byte != UInt8(ascii: "<") else { throw .syntax(offset: offset) }
      offset += 1
    }
    guard next == quote else { throw .syntax(offset: offset) }
    offset += 1
  }

  private mutating func readName() throws(XMLError) -> Range<Int> {
    let start = offset
    while let byte = next, Self.isNameCharacter(byte, first: offset == start) { offset += 1 }
    guard offset > start else { throw .syntax(offset: offset) }
    return start..<offset
  }

  // MARK: Bytes

  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func isNext(_ literal: StaticString) -> Bool {
    literal.withUTF8Buffer { bytes[offset...].starts(with: $0) }
  }

  mutating func take(_ literal: StaticString) throws(XMLError) {
    guard isNext(literal) else { throw .syntax(offset: offset) }
    offset += literal.utf8CodeUnitCount
  }

  @discardableResult
  mutating func skipWhiteSpace() -> Bool {
    let start = offset
    while let byte = next, Self.isWhiteSpace(byte) { offset += 1 }
    return offset > start
  }

  /// Passes over a comment, a processing instruction or the XML declaration, if one is next.
  mutating func skipAside() throws(XMLError) -> Bool {
    if isNext("<!--") {
      try skip(past: "-->", from: offset + 4)
    } else if isNext("<?") {
      try skip(past: "?>", from: offset + 2)
    } else if isNext("<!") {
      throw .unsupported(offset: offset)
    } else {
      return false
    }
    return true
  }

  private mutating func skip(past end: StaticString, from start: Int) throws(XMLError) {
    offset = start
    while offset < bytes.count {
      if isNext(end) { return try take(end) }
      offset += 1
    }
    throw .syntax(offset: offset)
  }

  static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  static func isCharacter(_ byte: UInt8) -> Bool { byte >= 0x20 || isWhiteSpace(byte) }

  private static func isNameCharacter(_ byte: UInt8, first: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"),
      UInt8(ascii: ":"), 0x80...:
      true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !first
    default: false
    }
  }
}
