// A JSON document whose members keep the order they were written in, which Smithy gives a meaning to.

import AWSJSON

/// A parsed JSON value.
///
/// Unlike a dictionary-based value it remembers the order of an object's members: the order of a Smithy structure's
/// members and of an enum's values shows in the generated code and in the messages it makes.
public enum JSONNode: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  /// A whole number of 64 bits that no `Double` is equal to.
  case wideInteger(Int64)
  case string(String)
  case array([JSONNode])
  case object([Member])

  /// A name and its value inside an object.
  public struct Member: Equatable, Sendable {
    public var name: String
    public var value: JSONNode

    public init(_ name: String, _ value: JSONNode) {
      self.name = name
      self.value = value
    }
  }

  /// Parses a whole JSON document.
  ///
  /// - Parameters:
  ///   - bytes: the document, as UTF-8.
  ///   - name: what to call the document in errors, usually its file name.
  /// - Throws: ``ParseError`` when the bytes are not exactly one JSON value.
  public init(parsing bytes: [UInt8], named name: String) throws(ParseError) {
    do throws(JSONError) {
      var reader = JSONReader(bytes)
      self = try Self.read(&reader)
      try reader.finish()
    } catch {
      throw ParseError(path: name, reason: "not valid JSON: \(error)")
    }
  }

  private static func read(_ reader: inout JSONReader) throws(JSONError) -> JSONNode {
    switch try reader.peekKind() {
    case .null:
      _ = try reader.readNull()
      return .null
    case .bool: return .bool(try reader.readBool())
    case .number, .integer: return try readNumber(&reader)
    case .string: return .string(try reader.readString())
    case .array:
      var elements: [JSONNode] = []
      try reader.beginArray()
      while try reader.nextElement() { elements.append(try read(&reader)) }
      return .array(elements)
    case .object:
      var members: [Member] = []
      try reader.beginObject()
      while let name = try reader.nextMember() { members.append(Member(name.string, try read(&reader))) }
      return .object(members)
    }
  }

  private static func readNumber(_ reader: inout JSONReader) throws(JSONError) -> JSONNode {
    var ahead = reader
    let integer = Int64(try ahead.readNumber().text)
    let number = try reader.readDouble()
    if let integer, Int64(exactly: number) != integer { return .wideInteger(integer) }
    return .number(number)
  }

  /// The value of an object's member; nil when there is none, or when this is not an object.
  public subscript(name: String) -> JSONNode? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The text of a string, nil for anything else.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a number, rounded if need be; nil for anything else.
  public var number: Double? {
    switch self {
    case .number(let number): number
    case .wideInteger(let integer): Double(integer)
    default: nil
    }
  }

  /// The value of a number that is a whole one, nil for anything else.
  public var integer: Int? {
    switch self {
    case .number(let number): Int(exactly: number)
    case .wideInteger(let integer): Int(exactly: integer)
    default: nil
    }
  }
}
