// Where a client's credentials come from.

public import AWSJSON
public import AWSSigV4

/// Gives the credentials that a request is signed with.
///
/// It is asked before every request, so a provider whose source is slow keeps what it has read, and one whose
/// credentials expire can give new ones at any time.
public protocol CredentialsProvider: Sendable {
  /// The credentials to sign with now.
  ///
  /// - Throws: `CredentialsError` when there are none; the call then fails with its operation's `.credentials` case.
  func credentials() async throws(CredentialsError) -> Credentials
}
