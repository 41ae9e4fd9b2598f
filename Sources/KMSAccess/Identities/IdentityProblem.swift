// What keeps a principal or an access key from being used, for operators.

/// A principal or an access key that is left out of an ``IdentitySet``, while all others go on.
public struct IdentityProblem: Hashable, Sendable, CustomStringConvertible {
  /// The sort of problem.
  public enum Kind: Hashable, Sendable {
    /// What is recorded of it cannot be used: whoever it is for may do nothing.
    case unusable
    /// There is another with its ARN, its name or its id, which came first and goes on.
    case duplicate
  }

  /// The sort of problem.
  public let kind: Kind
  /// The principal's ARN, or the access key's id.
  public let subject: String
  /// What is wrong, in words for an operator; holds no secret.
  public let reason: String

  /// Puts a problem together.
  public init(_ kind: Kind, _ subject: String, _ reason: String) {
    self.kind = kind
    self.subject = subject
    self.reason = reason
  }

  /// One line.
  public var description: String { "\(subject): \(reason)" }
}
