// What a request has for a condition key.

/// The value of a condition key in a request. A key that the request lacks has none.
public enum ConditionValue: Hashable, Sendable {
  /// One text.
  case string(String)
  /// A key with several values, or none of them.
  case strings([String])
  /// A number.
  case integer(Int64)
  /// True or false.
  case bool(Bool)
  /// An instant, in seconds since 1970.
  case instant(Double)
}

/// What a policy is evaluated against.
public protocol ConditionValues {
  /// The value of `key`; nil when the request has none.
  func value(of key: ConditionKey) -> ConditionValue?
}
