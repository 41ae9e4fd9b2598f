// Where a client's credentials come from.

public import AWSJSON
public import AWSSigV4

/// Gives the credentials that a request is signed with.
///
/// It is asked before every request, so one whose credentials expire can give new ones at any time. Put a
/// ``CachingCredentialsProvider`` around a provider whose source is slow.
public protocol CredentialsProvider: Sendable {
  /// The credentials to sign with now.
  ///
  /// A call whose time is up cancels the task that this runs in, and ends when this returns: heed it.
  /// - Throws: `CredentialsError` when there are none; the call then fails with its operation's `.credentials` case.
  func credentials() async throws(CredentialsError) -> Credentials
}
