// Why an operation is refused, in the service's own terms. `KMSService` turns a fault into the wire's error.

/// A refusal: what kind it is, what the caller is told and, for internal failures, what really happened.
public struct Fault: Error, Sendable {
  /// The kinds of refusal. Each is one error shape of the API.
  public enum Kind: Hashable, Sendable, CaseIterable {
    case accessDenied
    case alreadyExists
    case dependencyTimeout
    case disabled
    case dryRunOperation
    case incorrectKey
    case internalFailure
    case invalidAliasName
    case invalidArn
    case invalidCiphertext
    case invalidGrantToken
    case invalidKeyUsage
    case invalidMarker
    case keyUnavailable
    case invalidState
    case limitExceeded
    case malformedPolicyDocument
    case notAuthorized
    case notFound
    case tag
    case throttling
    case unsupportedOperation
    case validation
  }

  /// Which error it is.
  public let kind: Kind
  /// The text for the caller; nil for the errors that KMS sends without one.
  public let message: String?
  /// For operators only, never sent: the failure behind an internal one.
  public let cause: (any Error)?

  /// Makes a fault. Prefer the named ones of `Fault+Texts.swift`, so that every text stands in one place.
  public init(_ kind: Kind, _ message: String? = nil, cause: (any Error)? = nil) {
    self.kind = kind
    self.message = message
    self.cause = cause
  }
}
