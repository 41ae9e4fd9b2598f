// Types, properties, cases and functions as Swift text.

enum DeclarationRenderer {
  static func render(_ declaration: Declaration, into text: inout SourceText) {
    switch declaration {
    case .type(let type): render(type, into: &text)
    case .property(let property): render(property, into: &text)
    case .enumCase(let enumCase): render(enumCase, into: &text)
    case .typeAlias(let documentation, let access, let name, let type):
      if let documentation { text.comment(documentation) }
      text.line("\(prefix(access))typealias \(name) = \(type)")
    case .function(let function): FunctionRenderer.render(function, into: &text)
    }
  }

  /// The access modifier and the space after it; nothing for what Swift takes anyway.
  static func prefix(_ access: Access) -> String {
    access == .internal ? "" : "\(access.rawValue) "
  }

  private static func render(_ type: TypeDeclaration, into text: inout SourceText) {
    for paragraph in type.documentation?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
      if paragraph.isEmpty { text.line("///") } else { text.comment(String(paragraph)) }
    }
    let access = type.kind == .extension ? "" : prefix(type.access)
    let conformances = type.conformances.isEmpty ? "" : ": \(type.conformances.joined(separator: ", "))"
    let head = "\(access)\(type.kind.rawValue) \(type.name)\(conformances)"
    guard !type.members.isEmpty else { return text.line("\(head) {}") }
    text.line("\(head) {")
    text.indented { text in
      for (index, member) in type.members.enumerated() {
        if index > 0, needsBlankLine(between: type.members[index - 1], and: member) { text.line("") }
        render(member, into: &text)
      }
    }
    text.line("}")
  }

  /// Functions, computed properties and types stand apart; stored properties and cases follow each other closely.
  private static func needsBlankLine(between first: Declaration, and second: Declaration) -> Bool {
    switch (first, second) {
    case (.property(let first), .property(let second)):
      first.getter != nil || second.getter != nil || first.attribute != nil || second.attribute != nil
        || first.isStatic != second.isStatic
    case (.enumCase, .enumCase), (.typeAlias, .typeAlias): false
    default: true
    }
  }

  private static func render(_ property: PropertyDeclaration, into text: inout SourceText) {
    if let documentation = property.documentation { text.comment(documentation) }
    if let attribute = property.attribute { ExpressionRenderer.render(attribute, prefix: "", into: &text) }
    let type = property.type.map { ": \($0)" } ?? ""
    let head =
      "\(prefix(property.access))\(property.isStatic ? "static " : "")\(property.isConstant ? "let" : "var") "
      + "\(property.name)\(type)"
    if let getter = property.getter {
      StatementRenderer.block(head, getter, into: &text)
    } else if let value = property.value {
      ExpressionRenderer.render(value, prefix: "\(head) = ", into: &text)
    } else {
      text.line(head)
    }
  }

  private static func render(_ enumCase: EnumCase, into text: inout SourceText) {
    if let documentation = enumCase.documentation { text.comment(documentation) }
    let associated = enumCase.associated.isEmpty ? "" : "(\(enumCase.associated.joined(separator: ", ")))"
    let rawValue = enumCase.rawValue.map { " = \($0)" } ?? ""
    text.line("case \(enumCase.name)\(associated)\(rawValue)")
  }
}
