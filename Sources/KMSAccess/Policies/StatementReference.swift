// How explanations call a statement.

/// A statement of a policy, by its Sid or else by its place.
public struct StatementReference: Hashable, Sendable, CustomStringConvertible {
  /// The statement's name; nil if it has none.
  public let sid: String?
  /// Its place in the policy; the first is 1.
  public let number: Int

  /// `statement "Enable IAM User Permissions"`, or `statement 2`.
  public var description: String {
    if let sid { "statement \(sid.quoted)" } else { "statement \(number)" }
  }
}
