// Reading JSON where it lies: a pull reader whose caller knows which shape comes next.

/// Reads one JSON text (RFC 8259, strictly; UTF-8, strictly) front to back.
///
/// The caller asks for what its model says comes next, and gets that or a ``JSONError``; no input can trap.
/// After an error the reader is of no further use. Each value announced by ``nextMember()`` or ``nextElement()``
/// must be read or skipped before the next one is asked for.
public struct JSONReader: Sendable {
  let bytes: [UInt8]
  let maximumDepth: Int
  var offset = 0
  private var depth = 0
  /// The container just opened has not been asked for its first member or element.
  private var isAtFirst = false

  /// The deepest nesting any reader allows: reading is recursive, and a stack has an end.
  public static let depthCeiling = 512

  /// Starts at the front of `bytes`. At most `maximumDepth` objects and arrays may be open inside each other.
  public init(_ bytes: [UInt8], maximumDepth: Int = 64) {
    self.bytes = bytes
    self.maximumDepth = min(max(maximumDepth, 0), Self.depthCeiling)
  }

  // MARK: Objects and arrays

  /// Enters the object that comes next.
  public mutating func beginObject() throws(JSONError) { try open(UInt8(ascii: "{"), .object) }

  /// The next member's name, or nil when the object has ended, which consumes its brace.
  ///
  /// Names may repeat; the caller lets the last one win by overwriting.
  public mutating func nextMember() throws(JSONError) -> JSONName? {
    guard try advance(closing: UInt8(ascii: "}")) else { return nil }
    guard bytes[offset] == UInt8(ascii: "\"") else { throw .syntax(offset: offset) }
    let name = try readText()
    try skipWhiteSpace()
    guard bytes[offset] == UInt8(ascii: ":") else { throw .syntax(offset: offset) }
    offset += 1
    return name
  }

  /// Enters the array that comes next.
  public mutating func beginArray() throws(JSONError) { try open(UInt8(ascii: "["), .array) }

  /// Whether another element follows; false when the array has ended, which consumes its bracket.
  public mutating func nextElement() throws(JSONError) -> Bool { try advance(closing: UInt8(ascii: "]")) }

  private mutating func open(_ bracket: UInt8, _ kind: JSONKind) throws(JSONError) {
    try expect(kind)
    guard depth < maximumDepth else { throw .tooDeep(offset: offset) }
    depth += 1
    offset += 1
    isAtFirst = true
  }

  /// Moves to the start of the next member or element, over the comma; false at the end of the container.
  private mutating func advance(closing: UInt8) throws(JSONError) -> Bool {
    try skipWhiteSpace()
    if bytes[offset] == closing {
      guard depth > 0 else { throw .syntax(offset: offset) }
      offset += 1
      depth -= 1
      isAtFirst = false
      return false
    }
    if isAtFirst {
      isAtFirst = false
      return true
    }
    guard bytes[offset] == UInt8(ascii: ",") else { throw .syntax(offset: offset) }
    offset += 1
    try skipWhiteSpace()
    guard bytes[offset] != closing else { throw .syntax(offset: offset) }
    return true
  }

  // MARK: Any value

  /// Consumes a `null` if one comes next.
  public mutating func readNull() throws(JSONError) -> Bool {
    try skipWhiteSpace()
    guard bytes[offset] == UInt8(ascii: "n") else { return false }
    try readLiteral("null")
    return true
  }

  /// The kind of the value that comes next, judged by its first byte.
  public mutating func peekKind() throws(JSONError) -> JSONKind {
    try skipWhiteSpace()
    switch bytes[offset] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    default: throw .syntax(offset: offset)
    }
  }

  /// Consumes the next value, whatever it is, checking it as strictly as if it were wanted.
  public mutating func skipValue() throws(JSONError) {
    switch try peekKind() {
    case .object:
      try beginObject()
      while try skipName() { try skipValue() }
    case .array:
      try beginArray()
      while try nextElement() { try skipValue() }
    case .string: _ = try scanString()
    case .number, .integer: _ = try scanNumber()
    case .bool: _ = try readBool()
    case .null: _ = try readNull()
    }
  }

  /// Checks that nothing but white space follows.
  public mutating func finish() throws(JSONError) {
    guard depth == 0 else { throw .syntax(offset: offset) }
    while offset < bytes.count {
      guard Self.isWhiteSpace(bytes[offset]) else { throw .trailingBytes(offset: offset) }
      offset += 1
    }
  }

  private mutating func skipName() throws(JSONError) -> Bool {
    guard try advance(closing: UInt8(ascii: "}")) else { return false }
    guard bytes[offset] == UInt8(ascii: "\"") else { throw .syntax(offset: offset) }
    _ = try scanString()
    try skipWhiteSpace()
    guard bytes[offset] == UInt8(ascii: ":") else { throw .syntax(offset: offset) }
    offset += 1
    return true
  }

  // MARK: Tokens

  /// Moves to the next byte that is not white space; the body must have one, so `bytes[offset]` is there afterwards.
  mutating func skipWhiteSpace() throws(JSONError) {
    var index = offset
    while index < bytes.count {
      if !Self.isWhiteSpace(bytes[index]) {
        offset = index
        return
      }
      index += 1
    }
    throw .syntax(offset: index)
  }

  @inline(__always)
  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Moves to the next value and makes sure that it is of this kind.
  mutating func expect(_ kind: JSONKind) throws(JSONError) {
    let found = try peekKind()
    guard found == kind else { throw .mismatch(expected: kind, found: found, offset: offset) }
  }

  /// Consumes the string whose quote is at `offset`.
  mutating func scanString() throws(JSONError) -> StringToken {
    let token = try StringToken.scan(bytes.span, quote: offset)
    offset = token.end + 1
    return token
  }

  /// Consumes the string whose quote is at `offset`, leaving it in the body unless it has escapes.
  mutating func readText() throws(JSONError) -> JSONName {
    let token = try scanString()
    guard token.hasEscapes else { return JSONName(bytes: bytes, start: token.start, count: token.end - token.start) }
    let plain = unescaped(token)
    return JSONName(bytes: plain, start: 0, count: plain.count)
  }

  func unescaped(_ token: StringToken) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(token.end - token.start)
    token.unescape(bytes.span, into: &plain)
    return plain
  }

  mutating func scanNumber() throws(JSONError) -> NumberToken {
    let token = try NumberToken.scan(bytes.span, at: offset)
    offset = token.end
    return token
  }

  mutating func readLiteral(_ literal: StaticString) throws(JSONError) {
    let length = literal.utf8CodeUnitCount
    guard offset + length <= bytes.count else { throw .syntax(offset: bytes.count) }
    let isThere = literal.withUTF8Buffer { expected in
      (0..<length).allSatisfy { expected[$0] == bytes[offset + $0] }
    }
    guard isThere else { throw .syntax(offset: offset) }
    offset += length
  }
}
