// The text of a policy's value, taken apart where it is more than text.

/// A value's fixed text and its policy variables, in their order.
struct PatternText: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    /// Text, with wildcards coded as in ``WildcardPattern``.
    case fixed([UInt8])
    case variable(PolicyVariable)
  }

  /// What characters mean more than themselves.
  struct Syntax: Hashable, Sendable {
    /// Whether `*` and `?` are wildcards.
    let hasWildcards: Bool
    /// Whether `${…}` is a variable, as in the second version of the policy language.
    let hasVariables: Bool
  }

  private(set) var pieces: [Piece] = []

  init(pieces: [Piece]) { self.pieces = pieces }

  /// Nil for a variable without an end, a name or a proper default, and for what cannot be searched for.
  init?(_ text: String, _ syntax: Syntax) {
    self.init(undivided: text, syntax)
    guard isSearchable else { return nil }
  }

  /// Takes text of which only the ``segments(atMost:)`` are to be searched for; nil for a variable without an end, a
  /// name or a proper default.
  init?(undivided text: String, _ syntax: Syntax) {
    var rest = text[...].utf8
    var run: [UInt8] = []
    while let byte = rest.first {
      guard syntax.hasVariables, rest.starts(with: "${".utf8) else {
        run.append(syntax.hasWildcards ? WildcardPattern.coded(byte) : byte)
        rest = rest.dropFirst()
        continue
      }
      guard let inside = Self.inside(rest.dropFirst(2)) else { return nil }
      rest = rest[inside.endIndex...].dropFirst()
      if inside.count == 1, let byte = inside.first, "*?$".utf8.contains(byte) {
        run.append(byte)
      } else {
        guard let variable = PolicyVariable(Substring(inside)) else { return nil }
        if !run.isEmpty { pieces.append(.fixed(run)) }
        run = []
        pieces.append(.variable(variable))
      }
    }
    if !run.isEmpty { pieces.append(.fixed(run)) }
  }

  /// What stands before the brace that closes a variable: one in a quoted default does not.
  private static func inside(_ text: Substring.UTF8View) -> Substring.UTF8View? {
    var isQuoted = false
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "'"): isQuoted.toggle()
      case UInt8(ascii: "}") where !isQuoted: return text[..<index]
      default: break
      }
    }
    return nil
  }

  /// Whether there are variables in it.
  var hasVariables: Bool {
    pieces.contains { if case .variable = $0 { true } else { false } }
  }

  /// Whether there are wildcards in it.
  var hasWildcards: Bool {
    pieces.contains { piece in
      if case .fixed(let bytes) = piece { bytes.contains(where: WildcardPattern.isWildcard) } else { false }
    }
  }

  /// Whether it can be searched for, whatever its variables will stand for. This has to be known before there is a
  /// request: a Deny that is found out to be none would be too late.
  var isSearchable: Bool {
    // Long text is the worst that a variable can stand for: with it, any `?` between two stars is too much.
    let longText = [UInt8](repeating: UInt8(ascii: "a"), count: ShiftAnd.longest)
    let bytes = pieces.flatMap { if case .fixed(let bytes) = $0 { bytes } else { longText } }
    return WildcardPattern(coded: bytes, ignoringCase: false).isSearchable
  }

  /// The parts between colons that are the value's own: a variable's text never divides. What follows the last of
  /// `count` parts belongs to it.
  func segments(atMost count: Int) -> [PatternText] {
    var segments: [PatternText] = []
    var segment = PatternText(pieces: [])
    for piece in pieces {
      guard case .fixed(let bytes) = piece else {
        segment.pieces.append(piece)
        continue
      }
      var run: [UInt8] = []
      for byte in bytes {
        if byte == UInt8(ascii: ":"), segments.count < count - 1 {
          if !run.isEmpty { segment.pieces.append(.fixed(run)) }
          segments.append(segment)
          (segment, run) = (PatternText(pieces: []), [])
        } else {
          run.append(byte)
        }
      }
      if !run.isEmpty { segment.pieces.append(.fixed(run)) }
    }
    return segments + [segment]
  }
}
