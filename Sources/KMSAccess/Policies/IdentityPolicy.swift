// Identity policies: what an account lets one of its users or roles do.

/// A policy attached to a user or a role, in the same language as key policies but without principals.
public struct IdentityPolicy: Hashable, Sendable {
  let document: PolicyDocument

  /// Parses a policy document.
  ///
  /// - Throws: what is wrong with it, in words for its author.
  public init(_ text: String) throws(PolicyError) {
    document = try PolicyDocument(text, kind: .identity)
  }

  /// The version of the policy language; the first one when the document names none.
  public var version: String { document.version.rawValue }
  /// The document's own id.
  public var id: String? { document.id }
  /// The statements, in their order.
  public var statements: [PolicyStatement] { document.statements }
}

extension IdentityPolicy {
  /// Whether any statement has a condition on `key`.
  func mentions(_ key: ConditionKey) -> Bool {
    statements.contains { statement in statement.conditions.contains { ConditionKey($0.key) == key } }
  }
}
