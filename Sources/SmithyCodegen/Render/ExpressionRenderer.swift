// Calls and array literals as Swift text, broken over lines when they are too long for one.

enum ExpressionRenderer {
  /// Writes `prefix`, `expression` and `suffix`.
  static func render(_ expression: Expression, prefix: String, suffix: String = "", into text: inout SourceText) {
    let line = prefix + oneLine(expression) + suffix
    // swift-format keeps room for the comma that a broken list would get.
    if !spansLines(expression), text.fits(line + ",") { return text.line(line) }
    switch expression {
    case .code: text.line(line)
    case .text(let content): self.text(content, prefix: prefix, suffix: suffix, into: &text)
    case .rawText(let content): RawTextRenderer.render(content, prefix: prefix, suffix: suffix, into: &text)
    case .lines(let content): RawTextRenderer.renderLines(content, prefix: prefix, suffix: suffix, into: &text)
    case .list(let elements): collection(elements.map { ("", $0) }, prefix: prefix, suffix: suffix, into: &text)
    case .dictionary(let entries):
      collection(entries.map { ("\($0.key): ", $0.value) }, prefix: prefix, suffix: suffix, into: &text)
    case .array(let elements):
      text.line("\(prefix)[")
      text.indented { $0.filled(elements, closing: ",") }
      text.line("]\(suffix)")
    case .call(let call):
      text.line("\(prefix)\(call.callee)(")
      text.indented { arguments(call.arguments, closing: ")\(suffix)", into: &$0) }
    }
  }

  /// A collection literal, an element a line.
  private static func collection(
    _ elements: [(prefix: String, value: Expression)], prefix: String, suffix: String, into text: inout SourceText
  ) {
    text.line("\(prefix)[")
    // A single element has no comma after it.
    let comma = elements.count > 1 ? "," : ""
    text.indented { text in
      for element in elements {
        if case .code(let code) = element.value, !text.fits(element.prefix + code + comma), !element.prefix.isEmpty {
          text.line(String(element.prefix.dropLast()))
          text.indented { $0.line(code + comma) }
        } else {
          render(element.value, prefix: element.prefix, suffix: comma, into: &text)
        }
      }
    }
    text.line("]\(suffix)")
  }

  /// Whether `expression` is never written on one line.
  private static func spansLines(_ expression: Expression) -> Bool {
    switch expression {
    case .lines: true
    case .list(let elements): elements.contains(where: spansLines)
    case .dictionary(let entries): entries.contains { spansLines($0.value) }
    case .call(let call): call.arguments.contains { spansLines($0.value) }
    case .code, .text, .rawText, .array: false
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
    let isShort = text.fits(arguments.map(oneLine).joined(separator: ", ") + closing)
    if isPlain || (isShort && !arguments.contains { spansLines($0.value) }) {
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
    case .rawText(let content): RawTextRenderer.oneLine(content)
    case .array(let elements): "[\(elements.joined(separator: ", "))]"
    case .lines(let content): SwiftIdentifier.literal(content)
    case .list(let elements): "[\(elements.map(oneLine).joined(separator: ", "))]"
    case .dictionary(let entries): dictionary(entries.map { "\($0.key): \(oneLine($0.value))" })
    case .call(let call): "\(call.callee)(\(call.arguments.map(oneLine).joined(separator: ", ")))"
    }
  }

  private static func dictionary(_ entries: [String]) -> String {
    entries.isEmpty ? "[:]" : "[\(entries.joined(separator: ", "))]"
  }

  private static func oneLine(_ argument: Call.Argument) -> String {
    (argument.label.map { "\($0): " } ?? "") + oneLine(argument.value)
  }
}
