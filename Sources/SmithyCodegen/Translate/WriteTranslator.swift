// How a value of any type is written as awsJson.

/// Translates the writing of one value, and of a structure's members.
enum WriteTranslator {
  /// A statement that writes what `name` has.
  static func statement(_ value: ResolvedValue, _ name: String) -> Statement {
    switch value.type {
    case .string: .line("writer.\(value.isSensitive ? "secretText" : "string")(\(name))")
    case .blob: .line("writer.\(value.isSensitive ? "secret" : "blob")(\(name))")
    case .boolean: .line("writer.bool(\(name))")
    case .integer: .line("writer.int(\(name))")
    case .float: .line("writer.float(\(name))")
    case .double: .line("writer.double(\(name))")
    case .number: .line("writer.number(\(name))")
    case .timestamp(let format):
      .line("writer.timestamp(\(name)\(format == .epochSeconds ? "" : ", .\(format)"))")
    case .document: .line("writer.document(\(name))")
    case .enumeration: .line("writer.enumeration(\(name))")
    case .intEnumeration: .line("writer.intEnumeration(\(name))")
    case .structure, .union: .line("writer.structure(\(name))")
    case .list(let element, let isSparse):
      if !isSparse, let kind = element.collectionName {
        .line("writer.\(kind.lowercased())List(\(name))")
      } else {
        each("writer.list(\(name))", element, isSparse: isSparse)
      }
    case .map(_, let element, let isSparse):
      if !isSparse, element.isPlainText {
        .line("writer.stringMap(\(name))")
      } else {
        each("writer.map(\(name))", element, isSparse: isSparse)
      }
    }
  }

  private static func each(_ call: String, _ element: ResolvedValue, isSparse: Bool) -> Statement {
    let write = statement(element, "value")
    let body: [Statement] =
      isSparse
      ? [.block(head: "if let value", body: [write]), .block(head: "if value == nil", body: [.line("writer.null()")])]
      : [write]
    return .block(head: call, parameters: "writer, value", body: body)
  }
}
