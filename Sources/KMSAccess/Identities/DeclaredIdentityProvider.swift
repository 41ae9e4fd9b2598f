// An OpenID Connect identity provider that an operator declares.

public import KMSDomain

/// An identity provider whose tokens an account takes for who somebody is.
public struct DeclaredIdentityProvider: Hashable, Sendable {
  /// Where the provider's public keys are.
  public enum KeysSource: Hashable, Sendable {
    /// A file that holds a JSON Web Key Set.
    case file(path: String)
    /// An address that answers with one: `https`, or `http` on this machine only.
    case url(String)
  }

  /// The account that trusts it.
  public let account: AccountID
  /// The issuer exactly as its tokens name it, such as `https://accounts.example.com`.
  public let issuer: String
  /// The audiences that its tokens may be for.
  public let clientIDs: [String]
  /// Where its public keys are.
  public let keysSource: KeysSource

  /// Puts a provider together.
  public init(account: AccountID, issuer: String, clientIDs: [String], keysSource: KeysSource) {
    self.account = account
    self.issuer = issuer
    self.clientIDs = clientIDs
    self.keysSource = keysSource
  }
}
