// Providers that need not be waited for.

internal import AWSSigV4

/// A provider that may have its credentials at hand.
protocol HoldingCredentialsProvider: CredentialsProvider {
  /// The credentials to sign with now; nil when they have to be fetched first.
  func heldCredentials() -> Credentials?
}
