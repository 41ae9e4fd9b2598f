// Statements as Swift text.

enum StatementRenderer {
  static func render(_ statement: Statement, into text: inout SourceText) {
    switch statement {
    case .line(let line): text.line(line)
    case .assignment(let target, let value): assignment(target, value, into: &text)
    case .expression(let prefix, let expression):
      ExpressionRenderer.render(expression, prefix: prefix, into: &text)
    case .block(let head, let parameters, let body):
      guard let parameters else { return block(head, body, into: &text) }
      let line = "\(head) { \(parameters) in"
      if text.fits(line) {
        text.line(line)
      } else {
        text.line("\(head) {")
        text.indented { $0.line("\(parameters) in") }
      }
      indented(body, into: &text)
      text.line("}")
    case .ifElse(let condition, let then, let otherwise):
      text.line("if \(condition) {")
      indented(then, into: &text)
      text.line("} else {")
      indented(otherwise, into: &text)
      text.line("}")
    case .guardLet(let names): guardLet(names, into: &text)
    case .switch(let subject, let cases): render(subject, cases, into: &text)
    }
  }

  /// A block on one line when its body is one short line, on several otherwise.
  static func block(_ head: String, _ body: [Statement], into text: inout SourceText) {
    if let only = onlyLine(body), text.fits("\(head) { \(only) }") { return text.line("\(head) { \(only) }") }
    text.line("\(head) {")
    indented(body, into: &text)
    text.line("}")
  }

  /// Writes the statements of a block.
  static func indented(_ body: [Statement], into text: inout SourceText) {
    text.indented { text in for statement in body { render(statement, into: &text) } }
  }

  /// The text of a body that is a single statement without a block of its own.
  private static func onlyLine(_ body: [Statement]) -> String? {
    guard body.count == 1 else { return nil }
    return switch body.first {
    case .line(let line): line
    case .assignment(let target, let value): "\(target) = \(value)"
    case .expression(let prefix, let expression): prefix + ExpressionRenderer.oneLine(expression)
    default: nil
    }
  }

  private static func assignment(_ target: String, _ value: String, into text: inout SourceText) {
    if text.fits("\(target) = \(value)") { return text.line("\(target) = \(value)") }
    text.line("\(target) =")
    text.indented { $0.line(value) }
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
      if let only = onlyLine(item.body), text.fits("\(label) \(only)") {
        text.line("\(label) \(only)")
      } else {
        text.line(label)
        indented(item.body, into: &text)
      }
    }
    text.line("}")
  }
}
