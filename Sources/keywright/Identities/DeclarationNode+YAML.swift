// Declarations in YAML.

import AWSJSON
import KMSDomain
import Yams

extension DeclarationNode {
  /// How many values a declaration may have when every alias in it is followed.
  private static let maximumCount = 1_000_000

  /// Parses a text of one YAML document.
  init(yaml text: String) throws(DeclarationError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      // The error's own text quotes the file.
      throw DeclarationError("it is neither YAML nor JSON", at: Self.place(of: error))
    }
    guard let root else { throw DeclarationError("it is empty", at: "") }
    var count = 0
    self = try Self(root, depth: 0, count: &count)
  }

  private init(_ node: Node, depth: Int, count: inout Int) throws(DeclarationError) {
    let place = node.mark.map { "line \($0.line)" } ?? ""
    count += 1
    guard depth < Self.maximumDepth else { throw DeclarationError("it is nested too deeply", at: place) }
    guard count < Self.maximumCount else { throw DeclarationError("it is too large", at: place) }
    if let scalar = node.scalar {
      guard let value = Self(scalar) else { throw DeclarationError("a tag that is not known", at: place) }
      self = value
    } else if let sequence = node.sequence {
      var elements: [DeclarationNode] = []
      for element in sequence { elements.append(try Self(element, depth: depth + 1, count: &count)) }
      self = .list(elements)
    } else if let mapping = node.mapping {
      var members: [Member] = []
      for (key, value) in mapping {
        guard let name = key.scalar?.string else { throw DeclarationError("a name that is no text", at: place) }
        members.append(Member(name: name, value: try Self(value, depth: depth + 1, count: &count)))
      }
      self = .mapping(members)
    } else {
      throw DeclarationError("a value of an unknown kind", at: place)
    }
  }

  /// A scalar by YAML's core schema, where only JSON's numbers are numbers: a date, such as a policy's version, `yes`
  /// and `0x10` are texts. So are the ids of accounts, which policies name as principals and in conditions. Nil for a tag
  /// that says otherwise.
  private init?(_ scalar: Node.Scalar) {
    let text = scalar.string
    switch scalar.tag.rawValue {
    case Tag.Name.str.rawValue: self = .text(text)
    case Tag.implicit.rawValue where scalar.style != .plain: self = .text(text)
    case Tag.implicit.rawValue:
      switch text {
      case "", "~", "null", "Null", "NULL": self = .null
      case "true", "True", "TRUE": self = .literal(.bool(true), spelling: text)
      case "false", "False", "FALSE": self = .literal(.bool(false), spelling: text)
      case _ where AccountID(text) != nil: self = .text(text)
      default: self = Self.number(text).map { .literal($0, spelling: text) } ?? .text(text)
      }
    default: return nil
    }
  }

  private static func number(_ text: String) -> JSONValue? {
    var reader = JSONReader(Array(text.utf8), maximumDepth: 0)
    guard (try? reader.peekKind()) == .number, let value = try? reader.readDocument(), (try? reader.finish()) != nil
    else { return nil }
    return value
  }

  private static func place(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): "line \(mark.line)"
    case .duplicatedKeysInMapping(_, let context): "line \(context.mark.line)"
    default: ""
    }
  }
}
