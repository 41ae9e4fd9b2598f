// Keeping generated identifiers apart from Swift's own words and from the names generated code uses itself.

enum SwiftIdentifier {
  /// Words that cannot be an identifier without backticks.
  private static let keywords: Set<String> = [
    "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do", "else",
    "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init",
    "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol", "public", "repeat",
    "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
    "typealias", "var", "where", "while",
    // Words that are read as the beginning of an expression where one can stand.
    "any", "await", "each", "unsafe",
  ]

  /// `name`, in backticks when Swift needs them.
  static func escaped(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

  /// The local variable for a member: its own name, unless generated bodies use that name themselves.
  static func local(_ name: String) -> String {
    ["reader", "validation", "writer", "mark", "wireName"].contains(name) ? "\(name)Value" : escaped(name)
  }

  /// `text` as a Swift string literal.
  static func literal(_ text: String) -> String { "\"\(escapedText(text))\"" }

  /// `text` as it is written between the quotes of a Swift string literal.
  static func escapedText(_ text: String) -> String {
    var literal = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _ where scalar.value < 0x20: literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal
  }
}
