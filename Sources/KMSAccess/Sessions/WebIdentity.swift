// Somebody whom an identity provider vouches for.

/// A web identity, proved by its provider's signature.
public struct WebIdentity: Sendable {
  /// The ARN of the identity provider, in the account that believes it.
  public let providerARN: String
  /// The issuer, as the token names it.
  public let issuer: String
  /// The subject: who it is, in the provider's words.
  public let subject: String
  /// The audience for which the token was accepted.
  public let audience: String
  /// The claims that conditions may ask about, by their condition keys in lower case: `accounts.google.com:sub`.
  public let claims: [String: [String]]

  /// Puts an identity together.
  public init(
    providerARN: String, issuer: String, subject: String, audience: String, claims: [String: [String]]
  ) {
    self.providerARN = providerARN
    self.issuer = issuer
    self.subject = subject
    self.audience = audience
    self.claims = claims
  }
}
