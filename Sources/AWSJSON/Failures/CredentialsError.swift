// There is nothing to sign the request with.

/// Credentials that could not be found, read or refreshed.
public struct CredentialsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where they were looked for and what was wrong, for people; never a credential itself.
  public let description: String

  public init(_ description: String) { self.description = description }
}
