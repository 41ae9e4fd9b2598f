// Functions and initializers as Swift text.

enum FunctionRenderer {
  static func render(_ function: FunctionDeclaration, into text: inout SourceText) {
    for paragraph in function.documentation {
      if paragraph.isEmpty { text.line("///") } else { documentation(paragraph, into: &text) }
    }
    for attribute in function.attributes { text.line(attribute) }
    let keyword = function.name == "init" ? "init" : "func \(function.name)"
    let head = "\(DeclarationRenderer.prefix(function.access))\(function.isStatic ? "static " : "")\(keyword)"
    let effects = function.effects.isEmpty ? "" : " \(function.effects)"
    let tail = "\(effects)\(function.result.map { " -> \($0)" } ?? "")"
    let parameters = function.parameters.map(render)

    let line = "\(head)(\(parameters.joined(separator: ", ")))\(tail)"
    if function.body.isEmpty {
      open(head, parameters, tail, line: "\(line) {}", ending: " {}", into: &text)
    } else {
      open(head, parameters, tail, line: "\(line) {", ending: " {", into: &text)
      StatementRenderer.indented(function.body, into: &text)
      text.line("}")
    }
  }

  /// Writes the head of a function: on one line when it fits, or with its parameters on lines of their own.
  private static func open(
    _ head: String, _ parameters: [String], _ tail: String, line: String, ending: String, into text: inout SourceText
  ) {
    if text.fits(line) { return text.line(line) }
    text.line("\(head)(")
    text.indented { $0.filled(parameters) }
    text.line(")\(tail)\(ending)")
  }

  private static func render(_ parameter: FunctionDeclaration.Parameter) -> String {
    let label = parameter.label.map { "\($0) " } ?? ""
    let value = parameter.defaultValue.map { " = \($0)" } ?? ""
    return "\(label)\(parameter.name): \(parameter.type)\(value)"
  }

  /// Writes a paragraph or a list item; what follows an item's first line is indented to its text.
  private static func documentation(_ paragraph: String, into text: inout SourceText) {
    let indentation = String(paragraph.prefix { $0 == " " })
    let continuation = paragraph.dropFirst(indentation.count).hasPrefix("- ") ? "  " : ""
    text.comment(paragraph, prefix: "/// \(indentation)", continuation: "/// \(indentation)\(continuation)")
  }
}
