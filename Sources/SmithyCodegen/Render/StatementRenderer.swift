// Statements as Swift text.

enum StatementRenderer {
  static func render(_ statement: Statement, into text: inout SourceText) {
    switch statement {
    case .line(let line): text.line(line)
    case .call(let prefix, let call): CallRenderer.render(call, prefix: prefix, into: &text)
    case .block(let head, let parameters, let body):
      guard let parameters else { return block(head, body, into: &text) }
      text.line("\(head) { \(parameters) in")
      text.indented { text in for statement in body { render(statement, into: &text) } }
      text.line("}")
    case .guardLet(let names): guardLet(names, into: &text)
    case .switch(let subject, let cases): render(subject, cases, into: &text)
    }
  }

  /// A block on one line when its body is one short line, on several otherwise.
  static func block(_ head: String, _ body: [Statement], into text: inout SourceText) {
    if case .line(let only)? = body.first, body.count == 1, text.fits("\(head) { \(only) }") {
      return text.line("\(head) { \(only) }")
    }
    text.line("\(head) {")
    text.indented { text in for statement in body { render(statement, into: &text) } }
    text.line("}")
  }

  private static func guardLet(_ names: [String], into text: inout SourceText) {
    let bindings = names.map { "let \($0)" }
    let line = "guard \(bindings.joined(separator: ", ")) else { return nil }"
    if text.fits(line) { return text.line(line) }
    text.line("guard")
    text.indented { $0.filled(bindings) }
    text.line("else { return nil }")
  }

  private static func render(_ subject: String, _ cases: [SwitchCase], into text: inout SourceText) {
    text.line("switch \(subject) {")
    for item in cases {
      let label = item.pattern.map { "case \($0):" } ?? "default:"
      if case .line(let only)? = item.body.first, item.body.count == 1, text.fits("\(label) \(only)") {
        text.line("\(label) \(only)")
      } else {
        text.line(label)
        text.indented { text in for statement in item.body { render(statement, into: &text) } }
      }
    }
    text.line("}")
  }
}
