// How conditions compare values.

/// An operator of conditions, by its name in policies, without qualifier and `IfExists`.
public enum ConditionOperator: String, Hashable, Sendable, CaseIterable {
  case stringEquals = "StringEquals"
  case stringNotEquals = "StringNotEquals"
  case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
  case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
  case stringLike = "StringLike"
  case stringNotLike = "StringNotLike"
  case numericEquals = "NumericEquals"
  case numericNotEquals = "NumericNotEquals"
  case numericLessThan = "NumericLessThan"
  case numericLessThanEquals = "NumericLessThanEquals"
  case numericGreaterThan = "NumericGreaterThan"
  case numericGreaterThanEquals = "NumericGreaterThanEquals"
  case dateEquals = "DateEquals"
  case dateNotEquals = "DateNotEquals"
  case dateLessThan = "DateLessThan"
  case dateLessThanEquals = "DateLessThanEquals"
  case dateGreaterThan = "DateGreaterThan"
  case dateGreaterThanEquals = "DateGreaterThanEquals"
  case bool = "Bool"
  case binaryEquals = "BinaryEquals"
  case ipAddress = "IpAddress"
  case notIPAddress = "NotIpAddress"
  case arnEquals = "ArnEquals"
  case arnLike = "ArnLike"
  case arnNotEquals = "ArnNotEquals"
  case arnNotLike = "ArnNotLike"
  case null = "Null"

  /// What is compared.
  enum Family: Hashable, Sendable {
    case text(hasWildcards: Bool, ignoresCase: Bool)
    case number(NumericRelation)
    case instant(NumericRelation)
    case bool
    case binary
    case address
    case arn
    /// Nothing: whether there is a value at all.
    case presence
  }

  /// What is compared.
  var family: Family {
    switch self {
    case .stringEquals, .stringNotEquals: .text(hasWildcards: false, ignoresCase: false)
    case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase: .text(hasWildcards: false, ignoresCase: true)
    case .stringLike, .stringNotLike: .text(hasWildcards: true, ignoresCase: false)
    case .numericEquals, .numericNotEquals: .number(.equal)
    case .numericLessThan: .number(.less)
    case .numericLessThanEquals: .number(.lessOrEqual)
    case .numericGreaterThan: .number(.greater)
    case .numericGreaterThanEquals: .number(.greaterOrEqual)
    case .dateEquals, .dateNotEquals: .instant(.equal)
    case .dateLessThan: .instant(.less)
    case .dateLessThanEquals: .instant(.lessOrEqual)
    case .dateGreaterThan: .instant(.greater)
    case .dateGreaterThanEquals: .instant(.greaterOrEqual)
    case .bool: .bool
    case .binaryEquals: .binary
    case .ipAddress, .notIPAddress: .address
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: .arn
    case .null: .presence
    }
  }

  /// Whether it holds when no value matches.
  var isNegated: Bool {
    switch self {
    case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals, .dateNotEquals,
      .notIPAddress, .arnNotEquals, .arnNotLike:
      true
    default: false
    }
  }
}

/// How a request's number lies to a policy's.
enum NumericRelation: Hashable, Sendable {
  case equal
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual

  /// Whether `number`, the request's, lies so to `bound`, the policy's.
  func holds(_ number: Double, _ bound: Double) -> Bool {
    switch self {
    case .equal: number == bound
    case .less: number < bound
    case .lessOrEqual: number <= bound
    case .greater: number > bound
    case .greaterOrEqual: number >= bound
    }
  }
}
