// Calls and array literals as Swift text, broken over lines when they are too long for one.

enum CallRenderer {
  static func render(_ expression: Expression, prefix: String, suffix: String, into text: inout SourceText) {
    let line = prefix + oneLine(expression) + suffix
    if text.fits(line) { return text.line(line) }
    switch expression {
    case .code: text.line(line)
    case .array(let elements):
      text.line("\(prefix)[")
      text.indented { $0.filled(elements, trailingComma: true) }
      text.line("]\(suffix)")
    case .call(let call):
      text.line("\(prefix)\(call.callee)(")
      text.indented { arguments(call.arguments, closing: ")\(suffix)", into: &$0) }
    }
  }

  static func render(_ call: Call, prefix: String, into text: inout SourceText) {
    render(.call(call), prefix: prefix, suffix: "", into: &text)
  }

  /// Short arguments fill the lines; a long array or call gets lines of its own.
  private static func arguments(_ arguments: [Call.Argument], closing: String, into text: inout SourceText) {
    let line = arguments.map(oneLine).joined(separator: ", ") + closing
    if text.fits(line) { return text.line(line) }
    for (index, argument) in arguments.enumerated() {
      let isLast = index == arguments.count - 1
      let label = argument.label.map { "\($0): " } ?? ""
      render(argument.value, prefix: label, suffix: isLast ? closing : ",", into: &text)
    }
  }

  private static func oneLine(_ expression: Expression) -> String {
    switch expression {
    case .code(let code): code
    case .array(let elements): "[\(elements.joined(separator: ", "))]"
    case .call(let call): "\(call.callee)(\(call.arguments.map(oneLine).joined(separator: ", ")))"
    }
  }

  private static func oneLine(_ argument: Call.Argument) -> String {
    (argument.label.map { "\($0): " } ?? "") + oneLine(argument.value)
  }
}
