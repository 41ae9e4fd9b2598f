// Texts with values in them: `https://kms.{Region}.{PartitionResult#dnsSuffix}`.

/// A text cut into what stands there and what is put in.
struct RuleTemplate: Equatable, Sendable {
  enum Part: Equatable, Sendable {
    case literal(String)
    case reference(String, AttributePath)
  }

  private(set) var parts: [Part] = []

  /// More than any URL or header needs. Rules that put a text into the next one twice could grow it without end.
  static let maximumLength = 16_384

  /// Cuts `text` apart. `{{` and `}}` stand for one brace.
  init(parsing text: String) throws(EndpointRuleError) {
    var literal = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        literal.append(character)
        rest.removeFirst()
      case "{":
        guard let end = rest.firstIndex(of: "}") else { throw .invalidRules("a brace of '\(text)' is not closed") }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(try Self.reference(rest[..<end]))
        rest = rest[rest.index(after: end)...]
      case "}": throw .invalidRules("a brace of '\(text)' is not opened")
      default: literal.append(character)
      }
    }
    if !literal.isEmpty || parts.isEmpty { parts.append(.literal(literal)) }
  }

  /// The text, if nothing is put in.
  var plainText: String? {
    if parts.count == 1, case .literal(let text)? = parts.first { text } else { nil }
  }

  private static func reference(_ text: Substring) throws(EndpointRuleError) -> Part {
    let names = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = names.first, !name.isEmpty, !text.contains("{") else {
      throw .invalidRules("'{\(text)}' does not name a value")
    }
    guard names.count == 2, let path = names.last else { return .reference(String(name), AttributePath()) }
    return .reference(String(name), try AttributePath(parsing: String(path)))
  }
}
