// Where the recipient of an attested call comes from.

/// Gives the recipient that an answer is to be encrypted for.
///
/// There are four kinds: an ``AttestationProvider``, which makes a new recipient each time; a ``RecipientCache``, which
/// gives one for a while; an ``AttestedRecipient``, which is always itself; and whatever a program adds.
public protocol AttestedRecipientSource: Sendable {
  /// The recipient for one call, made now or earlier.
  func recipient() async throws(AttestedRecipientError) -> AttestedRecipient
}

/// Why there is no attested recipient.
public enum AttestedRecipientError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No RSA key could be made.
  case keyGeneration
  /// There is no document over the key.
  case provider(AttestationProviderError)

  /// One line about the failure.
  public var description: String {
    switch self {
    case .keyGeneration: "no RSA key could be made"
    case .provider(let error): error.description
    }
  }
}
