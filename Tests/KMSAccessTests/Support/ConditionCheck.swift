// Conditions by themselves: a statement that says nothing but one.

import Testing

@testable import KMSAccess

/// Looks at conditions through policies of one statement.
enum ConditionCheck {
  /// Whether a statement with this effect and this condition, in JSON, says something about a request.
  static func holds(
    _ condition: String, _ values: [String: ConditionValue], under effect: PolicyStatement.Effect = .allow,
    version: String = "2012-10-17"
  ) throws -> Bool {
    let statement = #""Effect":"\#(effect.rawValue)","Action":"*","Resource":"*","Condition":\#(condition)"#
    let policy = try IdentityPolicy(PolicyText.document(statement, version: version))
    let verdict = policy.evaluate(PolicyQuery(action: "kms:Decrypt", resource: "*", values: FixedValues(values)))
    let (expected, other) =
      effect == .allow ? (verdict.allowedBy, verdict.deniedBy) : (verdict.deniedBy, verdict.allowedBy)
    #expect(other == nil)
    return expected != nil
  }
}
