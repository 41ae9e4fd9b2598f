// ARNs as policies match with them: segment by segment.

/// An ARN whose six segments may hold wildcards and policy variables, or `*` for any.
///
/// A wildcard does not reach beyond its segment; in the last one it may span slashes and colons.
struct ARNPattern: Hashable, Sendable {
  private enum Form: Hashable, Sendable {
    case anything
    case segments([TextPattern])
    /// Text and variables that only together are an ARN.
    case whole(TextPattern)
  }

  private let form: Form
  /// Whether some ARN can match: that takes six segments, or none where a variable may bring them.
  let isMatchable: Bool

  /// Nil for a policy variable that is none, and for a segment that cannot be searched for.
  init?(_ text: String, hasVariables: Bool) {
    guard text != "*" else {
      form = .anything
      isMatchable = true
      return
    }
    guard let text = PatternText(undivided: text, .init(hasWildcards: true, hasVariables: hasVariables)) else {
      return nil
    }
    let segments = text.segments(atMost: Self.segmentCount)
    if segments.count != Self.segmentCount, text.hasVariables, !text.hasWildcards {
      form = .whole(TextPattern(text))
      isMatchable = true
    } else {
      guard segments.allSatisfy(\.isSearchable) else { return nil }
      form = .segments(segments.map { TextPattern($0) })
      isMatchable = segments.count == Self.segmentCount
    }
  }

  /// How `arn`, which is UTF-8, compares.
  func match(_ arn: Span<UInt8>, _ values: some ConditionValues) -> PolicyMatch {
    switch form {
    case .anything: .matches
    case .whole(let pattern): pattern.match(arn, values)
    case .segments(let patterns): Self.match(arn, patterns, values)
    }
  }

  /// Whether a variable has no value in a request.
  func isUnresolved(_ values: some ConditionValues) -> Bool {
    switch form {
    case .anything: false
    case .whole(let pattern): pattern.isUnresolved(values)
    case .segments(let patterns): patterns.contains { $0.isUnresolved(values) }
    }
  }

  private static func match(
    _ arn: Span<UInt8>, _ patterns: [TextPattern], _ values: some ConditionValues
  ) -> PolicyMatch {
    var (start, differs) = (0, patterns.count != segmentCount)
    for index in patterns.indices {
      let end = index == segmentCount - 1 ? arn.count : colon(in: arn, from: start)
      // A variable without a value outweighs a difference elsewhere: nothing may follow from such an ARN.
      guard !differs, let end else {
        if patterns[index].isUnresolved(values) { return .unresolved }
        differs = true
        continue
      }
      switch patterns[index].match(arn.extracting(start..<end), values) {
      case .matches: start = end + 1
      case .differs, .incomparable, .excessive: differs = true
      case .unresolved: return .unresolved
      }
    }
    return differs ? .differs : .matches
  }

  private static func colon(in text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count {
      if text[index] == UInt8(ascii: ":") { return index }
      index += 1
    }
    return nil
  }

  private static let segmentCount = 6
}

extension ARNPattern {
  /// Whether `text` is an ARN, whatever of: that is what operators on ARNs compare.
  static func isARN(_ text: String) -> Bool {
    text.utf8.starts(with: "arn:".utf8) && text.utf8.lazy.filter { $0 == UInt8(ascii: ":") }.count >= segmentCount - 1
  }
}
