// JSON as it stands in the files of cases, before it becomes rows and policies.

import Foundation

/// A JSON value.
enum JSONNode: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONNode])
  case object([String: JSONNode])

  subscript(name: String) -> JSONNode? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  /// This object with the members of another, which come first.
  func merged(with other: JSONNode) -> JSONNode {
    guard case .object(let members) = self, case .object(let others) = other else { return other }
    return .object(members.merging(others) { _, other in other })
  }

  /// This object with one member changed, if it has it.
  func changing(_ name: String, _ change: (JSONNode) throws -> JSONNode) rethrows -> JSONNode {
    guard case .object(var members) = self, let member = members[name] else { return self }
    members[name] = try change(member)
    return .object(members)
  }

  /// The JSON text, the members of objects in the order of their names.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: JSONEncoder().encode(self))
  }
}

extension JSONNode: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let integer = try? container.decode(Int64.self) {
      self = .integer(integer)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let elements = try? container.decode([JSONNode].self) {
      self = .array(elements)
    } else {
      self = .object(try container.decode([String: JSONNode].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .integer(let integer): try container.encode(integer)
    case .string(let text): try container.encode(text)
    case .array(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    }
  }
}
