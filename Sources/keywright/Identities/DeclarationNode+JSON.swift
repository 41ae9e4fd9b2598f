// Declarations in JSON.

import AWSJSON

extension DeclarationNode {
  /// Parses a whole JSON text.
  init(json text: String) throws(JSONError) {
    var reader = JSONReader(Array(text.utf8), maximumDepth: Self.maximumDepth)
    self = try Self(&reader)
    try reader.finish()
  }

  private init(_ reader: inout JSONReader) throws(JSONError) {
    switch try reader.peekKind() {
    case .object:
      var members: [Member] = []
      try reader.beginObject()
      while let name = try reader.nextMember()?.string {
        members.append(Member(name: name, value: try Self(&reader)))
      }
      self = .mapping(members)
    case .array:
      var elements: [DeclarationNode] = []
      try reader.beginArray()
      while try reader.nextElement() { elements.append(try Self(&reader)) }
      self = .list(elements)
    case .string: self = .text(try reader.readString())
    case .bool, .number, .integer, .null:
      switch try reader.readDocument() {
      case .bool(let value): self = .literal(.bool(value), spelling: value ? "true" : "false")
      case .integer(let value): self = .literal(.integer(value), spelling: String(value))
      case .number(let value): self = .literal(.number(value), spelling: value.description)
      default: self = .null
      }
    }
  }
}
