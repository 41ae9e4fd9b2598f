// When a statement holds.

/// One key of a condition block, with the operator that it stands under.
public struct PolicyCondition: Hashable, Sendable {
  /// How a key with several values in the request is looked at.
  public enum Qualifier: String, Hashable, Sendable, CaseIterable {
    /// One of the request's values is enough.
    case forAnyValue = "ForAnyValue"
    /// Every one of the request's values counts; there may be none.
    case forAllValues = "ForAllValues"
  }

  /// How values are compared.
  public let comparison: ConditionOperator
  /// How several values in the request are looked at; nil for a key that has one.
  public let qualifier: Qualifier?
  /// Whether a key that the request does not have is as good as one that matches.
  public let ifExists: Bool
  /// The key in lower case, such as `kms:encryptioncontext:department`: the case of keys does not matter.
  public let key: String
  /// The values, of which one must match, or, under a negated operator, none.
  public let values: [String]

  /// The key, taken apart.
  let conditionKey: ConditionKey
  /// The values, ready to be compared.
  let operand: ConditionOperand

  /// Nil when a value is nothing that the operator can compare; `hasVariables` says whether `${…}` means something.
  init?(
    comparison: ConditionOperator, qualifier: Qualifier?, ifExists: Bool, key: String, values: [String],
    hasVariables: Bool
  ) {
    guard let operand = ConditionOperand(values, comparison, hasVariables: hasVariables) else { return nil }
    self.comparison = comparison
    self.qualifier = qualifier
    self.ifExists = ifExists
    self.key = key.lowercased()
    self.values = values
    conditionKey = ConditionKey(key)
    self.operand = operand
  }

  /// Whether the condition would let through requests that lack what they are to be told by: any request matches
  /// `ForAllValues` when it has no value at all.
  var isOverlyPermissive: Bool {
    qualifier == .forAllValues && (key.hasPrefix("kms:encryptioncontext:") || key.hasPrefix("aws:requesttag/"))
  }
}
