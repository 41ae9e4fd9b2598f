// JSON values to text, and to a form in which the order of members does not matter.

import Foundation
import SmithyCodegen

extension JSONNode {
  /// The value as JSON text.
  var bytes: [UInt8] { Array(json.utf8) }

  private var json: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): Int(exactly: value).map(String.init) ?? "\(value)"
    case .wideInteger(let value): "\(value)"
    case .string(let value): Self.quoted(value)
    case .array(let elements): "[\(elements.map(\.json).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\(Self.quoted($0.name)): \($0.value.json)" }.joined(separator: ", "))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
        ? "\\u" + String(format: "%04x", scalar.value) : String(scalar)
    }
    return "\"\(escaped.joined())\""
  }

  /// The same value with the members of each object in name order.
  var sorted: JSONNode {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(members.map { .init($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
    default: self
    }
  }
}
