// Calls and array literals as Swift text, broken over lines when they are too long for one.

enum ExpressionRenderer {
  /// Writes `prefix`, `expression` and `suffix`.
  static func render(_ expression: Expression, prefix: String, suffix: String = "", into text: inout SourceText) {
    let line = prefix + oneLine(expression) + suffix
    // swift-format keeps room for the comma that a broken list would get.
    if text.fits(line + ",") { return text.line(line) }
    switch expression {
    case .code: text.line(line)
    case .text(let content): self.text(content, prefix: prefix, suffix: suffix, into: &text)
    case .array(let elements):
      text.line("\(prefix)[")
      text.indented { $0.filled(elements, closing: ",") }
      text.line("]\(suffix)")
    case .call(let call):
      text.line("\(prefix)\(call.callee)(")
      text.indented { arguments(call.arguments, closing: ")\(suffix)", into: &$0) }
    }
  }

  /// A string literal over several lines, whose value is nonetheless one line.
  private static func text(_ content: String, prefix: String, suffix: String, into text: inout SourceText) {
    text.line("\(prefix)\"\"\"")
    text.indented { text in
      text.wrapped(SwiftIdentifier.escapedText(content), continuation: " \\")
      text.line("\"\"\"\(suffix)")
    }
  }

  /// Arguments that are no array or call fill the lines; otherwise each gets lines of its own.
  private static func arguments(_ arguments: [Call.Argument], closing: String, into text: inout SourceText) {
    let isPlain = arguments.allSatisfy { if case .code = $0.value { true } else { false } }
    if isPlain || text.fits(arguments.map(oneLine).joined(separator: ", ") + closing) {
      return text.filled(arguments.map(oneLine), closing: closing)
    }
    for (index, argument) in arguments.enumerated() {
      let isLast = index == arguments.count - 1
      let label = argument.label.map { "\($0): " } ?? ""
      render(argument.value, prefix: label, suffix: isLast ? closing : ",", into: &text)
    }
  }

  /// The text of `expression` on one line, however long.
  static func oneLine(_ expression: Expression) -> String {
    switch expression {
    case .code(let code): code
    case .text(let content): SwiftIdentifier.literal(content)
    case .array(let elements): "[\(elements.joined(separator: ", "))]"
    case .call(let call): "\(call.callee)(\(call.arguments.map(oneLine).joined(separator: ", ")))"
    }
  }

  private static func oneLine(_ argument: Call.Argument) -> String {
    (argument.label.map { "\($0): " } ?? "") + oneLine(argument.value)
  }
}
