// Where the tokens of web identities are checked.

public import KMSDomain
public import struct FoundationEssentials.Date

/// Checks the tokens of web identities.
public protocol WebIdentityVerifying: Sendable {
  /// Whom `token` proves, to the identity providers that `account` believes.
  ///
  /// - Parameters:
  ///   - token: a JSON Web Token in compact form.
  ///   - account: the account of the role that is to be assumed.
  ///   - partition: the partition of that role.
  ///   - now: the service's time.
  func verify(
    _ token: String, in account: AccountID, partition: String, now: Date
  ) async throws(WebIdentityError) -> WebIdentity
}

/// Why a token proves nobody.
public enum WebIdentityError: Error, Hashable, Sendable {
  /// It is no JSON Web Token.
  case malformed
  /// It is signed in a way that is not believed: not at all, with a shared secret, or with an unknown algorithm.
  case unsupportedAlgorithm
  /// A claim is missing or has no value of its kind.
  case missingClaim(String)
  /// The account has no provider with this issuer.
  case unknownProvider(issuer: String)
  /// It is for somebody else.
  case wrongAudience
  /// Its time is over; both times in seconds since 1970.
  case expired(now: Int64, expiry: Int64)
  /// It is not valid yet, or was issued in the future.
  case notYetValid
  /// The provider has no key that it says it was signed with.
  case unknownKey
  /// The signature is not the provider's.
  case invalidSignature
  /// The provider's keys cannot be had.
  case keysUnavailable
}
