// Why a body could not be read. None of the cases carries bytes of the input, so they are safe to log and to send.

/// A body that is not JSON, or whose JSON is not of the expected kind. A server answers it with `SerializationException`.
///
/// Offsets count bytes from the start of the body.
public enum JSONError: Error, Equatable, Sendable {
  /// Not JSON as RFC 8259 has it, the body's early end included.
  case syntax(offset: Int)
  /// More objects and arrays inside each other than the reader was allowed to open.
  case tooDeep(offset: Int)
  /// Bytes inside a string that are not UTF-8.
  case invalidUTF8(offset: Int)
  /// Something other than white space after the value.
  case trailingBytes(offset: Int)
  /// Two names of a map that Unicode holds to be equal (`é` in one or two scalars) but whose bytes differ.
  ///
  /// A `Dictionary` can hold only one of them, and an encryption context of which half is lost must not pass.
  case ambiguousName(offset: Int)
  /// A union with more than one member, so that it cannot be told which one it is.
  case ambiguousUnion(offset: Int)
  /// A value of another kind than the model's.
  case mismatch(expected: JSONKind, found: JSONKind, offset: Int)
  /// A blob that is not standard base64 with padding (RFC 4648 §4).
  case invalidBase64(offset: Int)
  /// A number that its type cannot hold.
  case numberOutOfRange(offset: Int)
  /// A time in the wrong format, or outside the years 0001 to 9999.
  case invalidTimestamp(offset: Int)
}

extension JSONError: CustomStringConvertible {
  /// One line in the words AWS services use, without any of the input.
  public var description: String {
    switch self {
    case .syntax(let offset): "The body is not valid JSON (at byte \(offset))"
    case .tooDeep(let offset): "The body is nested too deeply (at byte \(offset))"
    case .invalidUTF8(let offset): "The body is not valid UTF-8 (at byte \(offset))"
    case .trailingBytes(let offset): "The body goes on after its JSON value (at byte \(offset))"
    case .ambiguousName(let offset): "Two names differ only in their Unicode form (at byte \(offset))"
    case .ambiguousUnion(let offset): "A union has more than one member (at byte \(offset))"
    case .mismatch(let expected, let found, let offset):
      "\(found.token) can not be converted to \(expected.typeName) (at byte \(offset))"
    case .invalidBase64(let offset): "A blob is not valid base64 (at byte \(offset))"
    case .numberOutOfRange(let offset): "A number is out of range (at byte \(offset))"
    case .invalidTimestamp(let offset): "A timestamp is not valid (at byte \(offset))"
    }
  }
}

extension JSONKind {
  fileprivate var token: String {
    switch self {
    case .object: "START_OBJECT"
    case .array: "START_ARRAY"
    case .string: "STRING_VALUE"
    case .number, .integer: "NUMBER_VALUE"
    case .bool: "BOOLEAN_VALUE"
    case .null: "NULL_VALUE"
    }
  }

  fileprivate var typeName: String {
    switch self {
    case .object: "a Structure"
    case .array: "a List"
    case .string: "a String"
    case .number: "a Number"
    case .integer: "an Integer"
    case .bool: "a Boolean"
    case .null: "a Null"
    }
  }
}
