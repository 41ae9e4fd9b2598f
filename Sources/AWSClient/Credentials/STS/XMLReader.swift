// Reading XML where it lies: a pull reader for the replies of STS.

internal import SecureMemory

/// Reads one small XML document front to back; no input can trap, and none can make it read anything else.
///
/// The caller goes through elements as through JSON objects: ``nextChild()`` enters one, and then its text is read, its
/// own children are asked for, or it is skipped. After an error the reader is of no further use. Attributes, comments and
/// processing instructions are passed over, names come without their prefix.
///
/// Why not FoundationXML: it brings full Foundation and libxml2 into every program with a client in it, and its strings
/// would leave copies of the secret behind. Of XML only what the query protocol needs is here: document types, and with
/// them entities of one's own, and CDATA sections are refused.
struct XMLReader {
  let bytes: [UInt8]
  var offset = 0
  /// Where the names of the elements lie that have begun and not ended.
  var open: [Range<Int>] = []
  /// The element just entered was written `<Name/>`: it has ended already.
  var isAtEnd = false

  /// The longest document that is read. STS's longest reply, with a large session token, is a fraction of it.
  static let maximumBytes = 1 << 16
  /// How many elements may be inside each other.
  static let maximumDepth = 16

  /// Starts at the front of `bytes`, which are UTF-8.
  init(_ bytes: [UInt8]) throws(XMLError) {
    guard bytes.count <= Self.maximumBytes else { throw .tooLong }
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  // MARK: Elements

  /// Enters the root element and gives its name.
  mutating func beginRoot() throws(XMLError) -> String {
    while true {
      skipWhiteSpace()
      if try skipAside() { continue }
      return try readStartTag()
    }
  }

  /// Enters the next element inside the current one and gives its name; nil when the current one has ended.
  mutating func nextChild() throws(XMLError) -> String? {
    if isAtEnd { return close() }
    while true {
      skipWhiteSpace()
      if try skipAside() { continue }
      if isNext("</") {
        try readEndTag()
        return nil
      }
      return try readStartTag()
    }
  }

  /// Reads the current element, which has no elements inside it, to its end: its text without surrounding white space.
  mutating func readText() throws(XMLError) -> String {
    let start = offset
    var content = try readContent()
    // Text of a member that is no secret here may still be one's business only: a session token.
    defer { SecretBytes.wipe(&content) }
    guard let text = String(validating: Self.trimmed(content), as: UTF8.self) else { throw .syntax(offset: start) }
    return text
  }

  /// As ``readText()``, into protected memory; no `String` is made of it.
  mutating func readSecretText() throws(XMLError) -> SecretBytes {
    var content = try readContent()
    defer { SecretBytes.wipe(&content) }
    return Self.trimmed(content).withUnsafeBytes { SecretBytes(copying: $0) }
  }

  /// Passes over the rest of the current element.
  mutating func skip() throws(XMLError) {
    let depth = open.count
    while open.count >= depth, !open.isEmpty {
      if isAtEnd {
        close()
        continue
      }
      while let byte = next, byte != UInt8(ascii: "<") {
        guard Self.isCharacter(byte) else { throw .syntax(offset: offset) }
        offset += 1
      }
      if try skipAside() { continue }
      if isNext("</") { try readEndTag() } else { _ = try readStartTag() }
    }
  }

  /// Checks that the document ends here.
  mutating func finish() throws(XMLError) {
    guard open.isEmpty else { throw .syntax(offset: offset) }
    repeat { skipWhiteSpace() } while try skipAside()
    guard next == nil else { throw .syntax(offset: offset) }
  }

  /// What to throw when the element just entered is not one of the protocol.
  var mismatch: XMLError { .mismatch(offset: offset) }

  // MARK: Text

  /// The text up to the current element's end tag, references replaced, in an array that has not grown.
  private mutating func readContent() throws(XMLError) -> [UInt8] {
    if isAtEnd {
      close()
      return []
    }
    var content: [UInt8] = []
    content.reserveCapacity((bytes[offset...].firstIndex(of: UInt8(ascii: "<")) ?? offset) - offset)
    while let byte = next, byte != UInt8(ascii: "<") {
      guard Self.isCharacter(byte) else { throw .syntax(offset: offset) }
      if byte == UInt8(ascii: "&") {
        let reference = try XMLReference(bytes[(offset + 1)...])
        content += reference.text
        offset = reference.end
      } else {
        content.append(byte)
        offset += 1
      }
    }
    guard next == nil || isNext("</") else { throw .mismatch(offset: offset) }
    try readEndTag()
    return content
  }

  private static func trimmed(_ content: [UInt8]) -> ArraySlice<UInt8> {
    let start = content.firstIndex { !isWhiteSpace($0) } ?? content.endIndex
    let end = content.lastIndex { !isWhiteSpace($0) }.map { $0 + 1 } ?? start
    return content[start..<end]
  }
}
