// A value that text is matched with: ready, or made ready by each request.

/// A pattern, or a template for one if it has policy variables.
enum TextPattern: Hashable, Sendable {
  case fixed(WildcardPattern)
  case template([PatternText.Piece], ignoresCase: Bool)

  /// Makes a value ready as far as that can be done before there is a request. It must be one to search for.
  init(_ text: PatternText, ignoringCase ignoresCase: Bool = false) {
    let pieces = ignoresCase ? text.pieces.map(Self.lowercased) : text.pieces
    if text.hasVariables {
      self = .template(pieces, ignoresCase: ignoresCase)
    } else {
      let bytes = pieces.flatMap { piece -> [UInt8] in if case .fixed(let bytes) = piece { bytes } else { [] } }
      self = .fixed(WildcardPattern(coded: bytes, ignoringCase: ignoresCase))
    }
  }

  /// Whether a variable has no value in a request.
  func isUnresolved(_ values: some ConditionValues) -> Bool {
    guard case .template(let pieces, _) = self else { return false }
    return pieces.contains { if case .variable(let variable) = $0 { variable.text(values) == nil } else { false } }
  }

  /// How `text`, which is UTF-8, compares. What a variable stands for is never a wildcard.
  func match(_ text: Span<UInt8>, _ values: some ConditionValues) -> PolicyMatch {
    switch self {
    case .fixed(let pattern): return pattern.matches(text) ? .matches : .differs
    case .template(let pieces, let ignoresCase):
      // Variables that stand for more than `text` cannot match it, and are not put together: a value may have thousands
      // of them, each for a long text. Other case can make three bytes of a variable one, and two of the text three.
      var room = ignoresCase ? 5 * text.count : text.count
      var bytes: [UInt8] = []
      for piece in pieces {
        switch piece {
        case .fixed(let text): bytes += text
        case .variable(let variable):
          guard let text = variable.text(values) else { return .unresolved }
          room -= text.utf8.count
          // The variables that follow must still have values.
          if room >= 0 { bytes += (ignoresCase ? text.lowercased() : text).utf8 }
        }
      }
      guard room >= 0 else { return .differs }
      return WildcardPattern(coded: bytes, ignoringCase: ignoresCase).matches(text) ? .matches : .differs
    }
  }

  /// Only text without wildcards is ever compared without regard to case.
  private static func lowercased(_ piece: PatternText.Piece) -> PatternText.Piece {
    guard case .fixed(let bytes) = piece else { return piece }
    return .fixed(Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8))
  }
}
