// What a declaration's JSON or YAML says, before anything is known of accounts.

import AWSJSON

/// A value of a declaration. Mappings keep all their members, in order.
enum DeclarationNode {
  case mapping([Member])
  case list([DeclarationNode])
  case text(String)
  /// A number or a boolean, and how it is spelled.
  case literal(JSONValue, spelling: String)
  case null

  struct Member {
    let name: String
    let value: DeclarationNode
  }

  /// How deep a declaration may be nested.
  static let maximumDepth = 64

  /// Writes the value as JSON, as it stands.
  func write(to writer: inout JSONWriter) {
    switch self {
    case .mapping(let members):
      writer.beginObject()
      for member in members {
        writer.key(member.name)
        member.value.write(to: &writer)
      }
      writer.endObject()
    case .list(let elements): writer.list(elements) { writer, element in element.write(to: &writer) }
    case .text(let text): writer.string(text)
    case .literal(let value, _): writer.document(value)
    case .null: writer.null()
    }
  }
}

/// What is wrong with a declaration, and where. It quotes nothing of the file but names of members.
struct DeclarationError: Error {
  let place: String
  let reason: String

  /// An error at a place such as `accounts[0].users[1]`; at the top when that is empty.
  init(_ reason: String, at place: String) {
    self.place = place.isEmpty ? "the top" : place
    self.reason = reason
  }
}
