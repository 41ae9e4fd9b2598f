// A trace as people read it in a terminal.

extension DecisionTrace: CustomStringConvertible {
  /// The verdict, what decided, then a line for each layer with its statements indented under it.
  public var description: String {
    let asked = "\(request.action) on \(request.resourceARN) for \(request.identity.arn)"
    var lines: [String]
    switch decision {
    case .allowed(let basis): lines = ["ALLOWED  \(asked)", "  by \(basis)"]
    case .denied(let reason): lines = ["DENIED  \(asked)", "  \(reason)"]
    }
    if let refusal { lines.append("  the caller is told: \(refusal)") }
    for layer in layers {
      lines.append("\(layer.name) \(layer.finding)")
      // A lone statement that applies has been named already.
      if layer.statements.count == 1, layer.statements.first?.finding == .applies { continue }
      lines += layer.statements.map { "  \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}
