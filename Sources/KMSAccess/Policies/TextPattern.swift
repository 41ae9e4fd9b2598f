// A value that text is matched with: ready, or made ready by each request.

/// A pattern, or a template for one if it has policy variables.
enum TextPattern: Hashable, Sendable {
  case fixed(WildcardPattern)
  case template([PatternText.Piece], ignoresCase: Bool)

  /// Makes a value ready as far as that can be done before there is a request.
  init(_ text: PatternText, ignoringCase ignoresCase: Bool = false) {
    var pieces = text.pieces
    if ignoresCase { pieces = pieces.map(Self.lowercased) }
    self = .template(pieces, ignoresCase: ignoresCase)
    if !text.hasVariables, let pattern = resolved(NoConditionValues()) { self = .fixed(pattern) }
  }

  /// The pattern for a request; nil when a variable has no value in it. What a variable stands for is never a wildcard.
  func resolved(_ values: some ConditionValues) -> WildcardPattern? {
    switch self {
    case .fixed(let pattern): return pattern
    case .template(let pieces, let ignoresCase):
      var bytes: [UInt8] = []
      for piece in pieces {
        switch piece {
        case .fixed(let text): bytes += text
        case .variable(let variable):
          guard let text = variable.text(values) else { return nil }
          bytes += Array((ignoresCase ? text.lowercased() : text).utf8)
        }
      }
      return WildcardPattern(coded: bytes, ignoringCase: ignoresCase)
    }
  }

  /// Whether a variable has no value in a request.
  func isUnresolved(_ values: some ConditionValues) -> Bool {
    if case .fixed = self { false } else { resolved(values) == nil }
  }

  /// How `text`, which is UTF-8, compares.
  func match(_ text: Span<UInt8>, _ values: some ConditionValues) -> PolicyMatch {
    guard let pattern = resolved(values) else { return .unresolved }
    return pattern.matches(text) ? .matches : .differs
  }

  /// Only text without wildcards is ever compared without regard to case.
  private static func lowercased(_ piece: PatternText.Piece) -> PatternText.Piece {
    guard case .fixed(let bytes) = piece else { return piece }
    return .fixed(Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8))
  }
}
