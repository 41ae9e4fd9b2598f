// A name inside a body, looked at where it lies.

/// A member name, or the text of an enumeration's value, in the body it was read from.
///
/// Generated code compares it in a `switch` with string literals; no `String` is made for that.
public struct JSONName: Sendable {
  @usableFromInline let bytes: [UInt8]
  @usableFromInline let start: Int
  @usableFromInline let count: Int

  init(bytes: [UInt8], start: Int, count: Int) {
    self.bytes = bytes
    self.start = start
    self.count = count
  }

  /// The name as a `String` of its own.
  public var string: String { String(decoding: bytes[start..<start + count], as: UTF8.self) }

  @usableFromInline
  func hasSameBytes(as literal: StaticString) -> Bool {
    literal.withUTF8Buffer { literal in
      guard literal.count == count else { return false }
      for index in 0..<count where literal[index] != bytes[start + index] { return false }
      return true
    }
  }
}

extension JSONName: Equatable {
  public static func == (left: JSONName, right: JSONName) -> Bool {
    left.bytes[left.start..<left.start + left.count] == right.bytes[right.start..<right.start + right.count]
  }
}

/// Whether `name` is exactly `pattern`: byte by byte, case included.
@inlinable
public func ~= (pattern: StaticString, name: JSONName) -> Bool {
  // The lengths are compared here, inlined, so that most cases of a `switch` cost one comparison.
  guard pattern.hasPointerRepresentation, pattern.utf8CodeUnitCount == name.count else { return false }
  return name.hasSameBytes(as: pattern)
}
