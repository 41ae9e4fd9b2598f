// The JSON of a policy document, before anything is known of policies.

import AWSJSON

/// A JSON value whose objects keep all their members, in order.
enum PolicyNode: Hashable, Sendable {
  case object([Member])
  case array([PolicyNode])
  case string(String)
  /// A boolean or a number, as policies read it: as text.
  case literal(String)
  case null

  struct Member: Hashable, Sendable {
    let name: String
    let value: PolicyNode
  }

  /// Parses a whole text in which no object has a member twice.
  init(_ text: String) throws(PolicyError) {
    var reader = JSONReader(Array(text.utf8), maximumDepth: 16)
    do throws(JSONError) {
      self = try Self(&reader)
      try reader.finish()
    } catch {
      throw .notJSON
    }
    if let name = duplicate { throw .duplicateMember(name) }
  }

  private init(_ reader: inout JSONReader) throws(JSONError) {
    switch try reader.peekKind() {
    case .object:
      var members: [Member] = []
      try reader.beginObject()
      while let name = try reader.nextMember()?.string {
        members.append(Member(name: name, value: try Self(&reader)))
      }
      self = .object(members)
    case .array:
      var elements: [PolicyNode] = []
      try reader.beginArray()
      while try reader.nextElement() { elements.append(try Self(&reader)) }
      self = .array(elements)
    case .string: self = .string(try reader.readString())
    case .bool: self = .literal(try reader.readBool() ? "true" : "false")
    case .number, .integer:
      switch try reader.readDocument() {
      case .integer(let value): self = .literal(String(value))
      case .number(let value): self = .literal(value.description)
      default: self = .null
      }
    case .null:
      _ = try reader.readNull()
      self = .null
    }
  }

  /// The name of a member that some object has twice.
  private var duplicate: String? {
    switch self {
    case .object(let members):
      // Names are compared byte by byte: as `String`s, two spellings of one character would be the same.
      var names: Set<[UInt8]> = []
      for member in members {
        guard names.insert(Array(member.name.utf8)).inserted else { return member.name }
        if let name = member.value.duplicate { return name }
      }
      return nil
    case .array(let elements): return elements.lazy.compactMap(\.duplicate).first
    case .string, .literal, .null: return nil
    }
  }

  // MARK: Reading

  /// The only string, or all strings of a list; nil for anything else, and for an empty list.
  var strings: [String]? {
    list { element in if case .string(let text) = element { text } else { nil } }
  }

  /// As ``strings``, booleans and numbers included.
  var texts: [String]? {
    list { element in
      switch element {
      case .string(let text), .literal(let text): text
      case .object, .array, .null: nil
      }
    }
  }

  private func list(_ text: (PolicyNode) -> String?) -> [String]? {
    let elements: [PolicyNode] = if case .array(let elements) = self { elements } else { [self] }
    let texts = elements.compactMap(text)
    return texts.isEmpty || texts.count != elements.count ? nil : texts
  }
}
