// A mapping of a declaration whose members are all known.

/// Reads the members of a mapping; each error says where. A member that is null is taken for one that is not there.
struct DeclarationObject {
  /// Where the mapping stands, such as `accounts[0].users[1]`.
  let place: String
  private let members: [String: DeclarationNode]

  /// A mapping that has no members but these.
  init(_ node: DeclarationNode, at place: String, members names: Set<String>) throws(DeclarationError) {
    guard case .mapping(let list) = node else { throw DeclarationError("a mapping is needed", at: place) }
    var members: [String: DeclarationNode] = [:]
    for member in list {
      guard names.contains(member.name) else {
        throw DeclarationError("unknown member\(Self.quoted(member.name))", at: place)
      }
      guard members.updateValue(member.value, forKey: member.name) == nil else {
        throw DeclarationError("the member '\(member.name)' is there twice", at: place)
      }
    }
    self.place = place
    self.members = members
  }

  /// Where a member stands.
  func place(of name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

  /// A member of whatever kind.
  func node(_ name: String) -> DeclarationNode? {
    guard let node = members[name] else { return nil }
    if case .null = node { return nil }
    return node
  }

  /// A text that must be there; a number or a boolean as it is spelled.
  func text(_ name: String) throws(DeclarationError) -> String {
    guard let text = try optionalText(name) else { throw DeclarationError("'\(name)' is missing", at: place) }
    return text
  }

  /// A text that may be there.
  func optionalText(_ name: String) throws(DeclarationError) -> String? {
    guard let node = node(name) else { return nil }
    guard let text = node.spelling else { throw DeclarationError("a text is needed", at: place(of: name)) }
    return text
  }

  /// The elements of a list, each with its place; none when it is not there.
  func list(_ name: String) throws(DeclarationError) -> [(node: DeclarationNode, place: String)] {
    guard let node = node(name) else { return [] }
    guard case .list(let elements) = node else { throw DeclarationError("a list is needed", at: place(of: name)) }
    return elements.enumerated().map { ($1, "\(place(of: name))[\($0)]") }
  }

  /// A name for an error's text, unless it looks like something else, such as a secret in the wrong place.
  private static func quoted(_ name: String) -> String {
    let isName =
      (1...32).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
    return isName ? " '\(name)'" : ""
  }
}

extension DeclarationNode {
  /// A text, or how a number or a boolean is spelled.
  var spelling: String? {
    switch self {
    case .text(let text), .literal(_, let text): text
    case .mapping, .list, .null: nil
    }
  }
}
