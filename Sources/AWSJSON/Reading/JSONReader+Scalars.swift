// Strings, numbers, booleans, blobs and times.

public import SecureMemory

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension JSONReader {
  /// The string that comes next, its escapes replaced.
  public mutating func readString() throws(JSONError) -> String {
    try expect(.string)
    let token = try scanString()
    if token.hasEscapes { return String(decoding: unescaped(token), as: UTF8.self) }
    return String(decoding: bytes[token.start..<token.end], as: UTF8.self)
  }

  /// The string that comes next, as a value of an enumeration; unknown ones survive.
  public mutating func readEnumeration<Value: AWSJSONEnumeration>(
    _ type: Value.Type = Value.self
  ) throws(JSONError) -> Value {
    try expect(.string)
    return Value(try readText())
  }

  /// The boolean that comes next.
  public mutating func readBool() throws(JSONError) -> Bool {
    try expect(.bool)
    let value = bytes[offset] == UInt8(ascii: "t")
    try readLiteral(value ? "true" : "false")
    return value
  }

  /// The whole number that comes next, if `bits` bits can hold it (Smithy's byte, short, integer and long: 8, 16, 32, 64).
  ///
  /// How it is written does not matter (`5`, `5.0`, `5e0`); a fraction that is not zero is a mismatch.
  public mutating func readInt(bits: Int = 64) throws(JSONError) -> Int {
    try expect(.number)
    let token = try scanNumber()
    switch token.whole(bytes.span) {
    case .value(let value):
      let limit = Int64.max >> (64 - min(max(bits, 1), 64))
      guard value >= -limit - 1, value <= limit, let fitting = Int(exactly: value) else {
        throw .numberOutOfRange(offset: token.start)
      }
      return fitting
    case .tooLarge: throw .numberOutOfRange(offset: token.start)
    case .fraction: throw .mismatch(expected: .integer, found: .number, offset: token.start)
    }
  }

  /// The whole number that comes next, in 32 bits.
  public mutating func readInt32() throws(JSONError) -> Int32 { Int32(truncatingIfNeeded: try readInt(bits: 32)) }

  /// The whole number that comes next, in 64 bits.
  public mutating func readInt64() throws(JSONError) -> Int64 { Int64(try readInt(bits: 64)) }

  /// The number that comes next, or one of the strings `NaN`, `Infinity`, `-Infinity`.
  public mutating func readDouble() throws(JSONError) -> Double {
    if try peekKind() == .string {
      let start = offset
      switch try readText() {
      case "NaN": return .nan
      case "Infinity": return .infinity
      case "-Infinity": return -.infinity
      default: throw .mismatch(expected: .number, found: .string, offset: start)
      }
    }
    try expect(.number)
    let token = try scanNumber()
    guard let value = token.double(bytes) else { throw .numberOutOfRange(offset: token.start) }
    return value
  }

  /// As ``readDouble()``, rounded to single precision; a number too large for that is out of range.
  public mutating func readFloat() throws(JSONError) -> Float {
    try skipWhiteSpace()
    let start = offset
    let wide = try readDouble()
    let value = Float(wide)
    guard value.isFinite || !wide.isFinite else { throw .numberOutOfRange(offset: start) }
    return value
  }

  /// The blob that comes next: standard base64 with padding (RFC 4648 §4), nothing else in it.
  public mutating func readBlob() throws(JSONError) -> [UInt8] {
    try expect(.string)
    let token = try scanString()
    // `/` and `+` may have been written as escapes.
    let text = token.hasEscapes ? unescaped(token)[...] : bytes[token.start..<token.end]
    guard let blob = Base64.decode(text) else { throw .invalidBase64(offset: token.start) }
    return blob
  }

  /// The blob that comes next, decoded into protected memory in constant time. The body it came from is the caller's to wipe.
  public mutating func readSecret() throws(JSONError) -> SecretBytes {
    try expect(.string)
    let token = try scanString()
    guard token.hasEscapes else {
      guard let secret = Base64.decodeSecret(bytes[token.start..<token.end]) else {
        throw .invalidBase64(offset: token.start)
      }
      return secret
    }
    var text = unescaped(token)
    defer { SecretBytes.wipe(&text) }
    guard let secret = Base64.decodeSecret(text[...]) else { throw .invalidBase64(offset: token.start) }
    return secret
  }

  /// The string that comes next as protected UTF-8, its escapes replaced; no `String` is made of it.
  public mutating func readSecretText() throws(JSONError) -> SecretBytes {
    try expect(.string)
    let token = try scanString()
    guard token.hasEscapes else {
      return bytes[token.start..<token.end].withUnsafeBytes { SecretBytes(copying: $0) }
    }
    var text = unescaped(token)
    defer { SecretBytes.wipe(&text) }
    return text.withUnsafeBytes { SecretBytes(copying: $0) }
  }

  /// The time that comes next, in the years 0001 to 9999.
  public mutating func readTimestamp(_ format: TimestampFormat = .epochSeconds) throws(JSONError) -> Date {
    try skipWhiteSpace()
    let start = offset
    let seconds: Double?
    switch format {
    case .epochSeconds:
      try expect(.number)
      seconds = try scanNumber().double(bytes)
    case .dateTime:
      try expect(.string)
      seconds = TimestampText.parseDateTime(try readText().string)
    case .httpDate:
      try expect(.string)
      seconds = TimestampText.parseHTTPDate(try readText().string)
    }
    guard let seconds, TimestampFormat.range.contains(seconds) else { throw .invalidTimestamp(offset: start) }
    return Date(timeIntervalSince1970: seconds)
  }

  /// The value that comes next, whatever it is.
  public mutating func readDocument() throws(JSONError) -> JSONValue {
    switch try peekKind() {
    case .object:
      var members: [String: JSONValue] = [:]
      try beginObject()
      while let name = try nextMember() {
        let key = try self.key(name, of: members)
        members[key] = try readDocument()
      }
      return .object(members)
    case .array:
      var elements: [JSONValue] = []
      try beginArray()
      while try nextElement() { elements.append(try readDocument()) }
      return .array(elements)
    case .string: return .string(try readString())
    case .bool: return .bool(try readBool())
    case .null:
      _ = try readNull()
      return .null
    case .number, .integer:
      let token = try scanNumber()
      if token.fractionDigits.isEmpty, !token.hasExponent, case .value(let value) = token.whole(bytes.span) {
        return .integer(value)
      }
      guard let value = token.double(bytes) else { throw .numberOutOfRange(offset: token.start) }
      return .number(value)
    }
  }
}
