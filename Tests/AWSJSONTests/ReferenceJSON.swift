// A second, slow and obvious JSON reader to compare the real one with.

import AWSJSON

/// RFC 8259 by the letter, over Unicode scalars, with nothing in common with `JSONReader`.
struct ReferenceJSON {
  private struct Refusal: Error {}

  private var rest: [Unicode.Scalar]
  private var depth = 0

  /// The document's value, or nil if it is to be refused.
  static func read(_ bytes: [UInt8], maximumDepth: Int = 64) -> JSONValue? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var reader = ReferenceJSON(rest: Array(text.unicodeScalars.reversed()))
    do {
      let value = try reader.value(maximumDepth)
      reader.skipSpace()
      return reader.rest.isEmpty ? value : nil
    } catch {
      return nil
    }
  }

  private init(rest: [Unicode.Scalar]) { self.rest = rest }

  private mutating func skipSpace() {
    while let last = rest.last, " \t\n\r".unicodeScalars.contains(last) { rest.removeLast() }
  }

  private mutating func take() throws -> Unicode.Scalar {
    guard let scalar = rest.popLast() else { throw Refusal() }
    return scalar
  }

  private mutating func take(_ literal: String) throws {
    for scalar in literal.unicodeScalars where try take() != scalar { throw Refusal() }
  }

  private mutating func value(_ room: Int) throws -> JSONValue {
    skipSpace()
    switch rest.last {
    case "{": return try object(room)
    case "[": return try array(room)
    case "\"": return .string(try string())
    case "t":
      try take("true")
      return .bool(true)
    case "f":
      try take("false")
      return .bool(false)
    case "n":
      try take("null")
      return .null
    default: return try number()
    }
  }

  private mutating func object(_ room: Int) throws -> JSONValue {
    guard room > 0 else { throw Refusal() }
    try take("{")
    var members: [String: JSONValue] = [:]
    skipSpace()
    if rest.last == "}" {
      rest.removeLast()
      return .object(members)
    }
    while true {
      skipSpace()
      let name = try string()
      skipSpace()
      try take(":")
      // Names that are equal without being the same are refused: see `JSONError.ambiguousName`.
      let same = members.keys.first { $0 == name }
      guard same.map({ Array($0.utf8) == Array(name.utf8) }) ?? true else { throw Refusal() }
      members[name] = try value(room - 1)
      skipSpace()
      switch try take() {
      case ",": continue
      case "}": return .object(members)
      default: throw Refusal()
      }
    }
  }

  private mutating func array(_ room: Int) throws -> JSONValue {
    guard room > 0 else { throw Refusal() }
    try take("[")
    var elements: [JSONValue] = []
    skipSpace()
    if rest.last == "]" {
      rest.removeLast()
      return .array(elements)
    }
    while true {
      elements.append(try value(room - 1))
      skipSpace()
      switch try take() {
      case ",": continue
      case "]": return .array(elements)
      default: throw Refusal()
      }
    }
  }

  private mutating func string() throws -> String {
    try take("\"")
    var units: [UInt16] = []
    while true {
      let scalar = try take()
      switch scalar {
      case "\"":
        guard let text = String(validating: units, as: UTF16.self) else { throw Refusal() }
        return text
      case "\\":
        switch try take() {
        case "u":
          var unit: UInt16 = 0
          for _ in 0..<4 {
            let digit = try take()
            guard digit.isASCII, let value = Character(digit).hexDigitValue else { throw Refusal() }
            unit = unit * 16 + UInt16(value)
          }
          units.append(unit)
        case let letter:
          let names: [Unicode.Scalar: UInt16] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
          ]
          guard let unit = names[letter] else { throw Refusal() }
          units.append(unit)
        }
      default:
        guard scalar.value >= 0x20 else { throw Refusal() }
        units.append(contentsOf: String(scalar).utf16)
      }
    }
  }

  private mutating func number() throws -> JSONValue {
    var text = ""
    while let last = rest.last, "+-.eE0123456789".unicodeScalars.contains(last) {
      text.unicodeScalars.append(last)
      rest.removeLast()
    }
    guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
      throw Refusal()
    }
    if let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw Refusal() }
    return .number(number)
  }
}
