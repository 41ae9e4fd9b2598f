// A request's value as operators want it.

extension ConditionValue {
  /// Whether it is a value at all: a key with an empty list is as good as missing.
  var isPresent: Bool {
    if case .strings(let texts) = self { !texts.isEmpty } else { true }
  }

  /// As text; nil for an instant, which has many spellings, and for a list.
  var text: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let bool): bool ? "true" : "false"
    case .instant, .strings: nil
    }
  }

  /// As a number; an instant is its seconds since 1970.
  var number: Double? {
    switch self {
    case .string(let text): DecimalNumber.parse(text)
    case .integer(let number): Double(number)
    case .instant(let seconds): seconds
    case .bool, .strings: nil
    }
  }

  /// As an instant, in seconds since 1970.
  var instant: Double? {
    switch self {
    case .string(let text): ISO8601Instant.parse(text)
    case .integer(let seconds): Double(seconds)
    case .instant(let seconds): seconds
    case .bool, .strings: nil
    }
  }

  /// As true or false.
  var bool: Bool? {
    switch self {
    case .string(let text): Bool(policy: text)
    case .bool(let bool): bool
    case .integer, .instant, .strings: nil
    }
  }
}

extension Bool {
  /// `true` or `false`, in whatever case.
  init?(policy text: String) {
    switch text.lowercased() {
    case "true": self = true
    case "false": self = false
    default: return nil
    }
  }
}

/// The values of no request.
struct NoConditionValues: ConditionValues {
  func value(of key: ConditionKey) -> ConditionValue? { nil }
}
