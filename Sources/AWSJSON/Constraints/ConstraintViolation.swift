// One value that broke one rule of the model.

/// A broken constraint, with the path to the value as AWS services print it: `keyId`, `tags.1.member.tagKey`.
public struct ConstraintViolation: Equatable, Sendable {
  public let path: String
  /// The value as text; nil where it may not or cannot be shown (blobs, sensitive members, structures).
  public let renderedValue: String?
  public let rule: ConstraintRule

  public init(path: String, renderedValue: String?, rule: ConstraintRule) {
    self.path = path
    self.renderedValue = renderedValue
    self.rule = rule
  }

  /// `Value 'x' at 'keyId' failed to satisfy constraint: Member must …`
  public var message: String {
    let value =
      if rule == .required { "Value null" } else if let renderedValue { "Value '\(renderedValue)'" } else { "Value" }
    return "\(value) at '\(path)' failed to satisfy constraint: \(rule.text)"
  }
}
