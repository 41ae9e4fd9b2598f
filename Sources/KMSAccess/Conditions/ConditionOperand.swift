// The values of a condition, parsed once.

/// What a request's value is compared with.
enum ConditionOperand: Hashable, Sendable {
  case texts([TextPattern])
  case numbers([Double], NumericRelation)
  /// Seconds since 1970.
  case instants([Double], NumericRelation)
  case bools([Bool])
  /// Base64, of which only one text stands for given bytes.
  case binaries([WildcardPattern])
  case addresses([AddressRange])
  case arns([ARNPattern])
  /// Whether the request is to have no value.
  case absences([Bool])

  /// Nil when one of `values` is nothing that the operator can compare.
  init?(_ values: [String], _ comparison: ConditionOperator, hasVariables: Bool) {
    switch comparison.family {
    case .text(let hasWildcards, let ignoresCase):
      let syntax = PatternText.Syntax(hasWildcards: hasWildcards, hasVariables: hasVariables)
      let parsed = Self.all(values) { text in
        PatternText(text, syntax).map { TextPattern($0, ignoringCase: ignoresCase) }
      }
      guard let parsed else { return nil }
      self = .texts(parsed)
    case .number(let relation):
      guard let parsed = Self.all(values, { DecimalNumber.parse($0) }) else { return nil }
      self = .numbers(parsed, relation)
    case .instant(let relation):
      guard let parsed = Self.all(values, { ISO8601Instant.parse($0) }) else { return nil }
      self = .instants(parsed, relation)
    case .bool:
      guard let parsed = Self.all(values, { Bool(policy: $0) }) else { return nil }
      self = .bools(parsed)
    case .binary:
      guard let parsed = Self.all(values, { BinaryText.isCanonical($0) ? BinaryText.pattern($0) : nil }) else {
        return nil
      }
      self = .binaries(parsed)
    case .address:
      guard let parsed = Self.all(values, { AddressRange($0) }) else { return nil }
      self = .addresses(parsed)
    case .arn:
      let parsed = Self.all(values) { text in
        ARNPattern(text, hasVariables: hasVariables).flatMap { $0.isMatchable ? $0 : nil }
      }
      guard let parsed else { return nil }
      self = .arns(parsed)
    case .presence:
      guard let parsed = Self.all(values, { Bool(policy: $0) }) else { return nil }
      self = .absences(parsed)
    }
  }

  private static func all<Value>(_ values: [String], _ parse: (String) -> Value?) -> [Value]? {
    let parsed = values.compactMap(parse)
    return parsed.count == values.count ? parsed : nil
  }

  /// The longest text that is compared with patterns, in bytes: a policy may hold thousands of them, and each costs
  /// what the text is long. Encryption contexts and headers that mean something are far shorter.
  private static let longestText = 16_384

  /// The most that a key's values may come to together, in bytes: fifty tag keys of 128 characters each are less.
  private static let longestList = 32_768

  /// What each value counts for beside its length, in bytes: to begin a comparison also costs.
  private static let costOfValue = 64

  /// Whether a key's values together are short enough to be compared. Requests choose how many there are, policies how
  /// many they are compared with.
  static func areComparable(_ texts: [String]) -> Bool {
    var room = longestList
    for text in texts {
      room -= text.utf8.count + costOfValue
      if room < 0 { return false }
    }
    return true
  }

  /// How one value of a request compares; `values` is for policy variables.
  func match(_ value: ConditionValue, _ values: some ConditionValues) -> PolicyMatch {
    switch self {
    case .texts(let patterns):
      guard let text = value.text else { return .incomparable }
      guard text.utf8.count <= Self.longestText else { return .excessive }
      return text.withUTF8Span { text in .any(of: patterns) { $0.match(text, values) } }
    case .numbers(let bounds, let relation):
      guard let number = value.number else { return .incomparable }
      return .any(of: bounds) { relation.holds(number, $0) ? .matches : .differs }
    case .instants(let bounds, let relation):
      guard let instant = value.instant else { return .incomparable }
      return .any(of: bounds) { relation.holds(instant, $0) ? .matches : .differs }
    case .bools(let bools):
      guard let bool = value.bool else { return .incomparable }
      return bools.contains(bool) ? .matches : .differs
    case .binaries(let texts):
      guard let text = value.text, BinaryText.isCanonical(text) else { return .incomparable }
      return .any(of: texts) { $0.matches(text) ? .matches : .differs }
    case .addresses(let ranges):
      guard let address = value.text.flatMap({ IPAddress($0) }) else { return .incomparable }
      return .any(of: ranges) { $0.contains(address) ? .matches : .differs }
    case .arns(let patterns):
      guard let arn = value.text, ARNPattern.isARN(arn) else { return .incomparable }
      return arn.withUTF8Span { arn in .any(of: patterns) { $0.match(arn, values) } }
    case .absences(let absences): return absences.contains(false) ? .matches : .differs
    }
  }

  /// Whether a policy variable among the values has no value in a request.
  func isUnresolved(_ values: some ConditionValues) -> Bool {
    switch self {
    case .texts(let patterns): patterns.contains { $0.isUnresolved(values) }
    case .arns(let patterns): patterns.contains { $0.isUnresolved(values) }
    default: false
    }
  }
}
