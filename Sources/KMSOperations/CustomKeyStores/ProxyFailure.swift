// The ways a call to a proxy can fail.

/// Why an external key store's proxy did not do what it was asked.
public enum ProxyFailure: Error, Hashable, Sendable {
  /// The errors of the XKS proxy API, by their `errorName`.
  public enum Refusal: String, Hashable, Sendable, CaseIterable {
    case validation = "ValidationException"
    case invalidState = "InvalidStateException"
    case invalidCiphertext = "InvalidCiphertextException"
    case invalidKeyUsage = "InvalidKeyUsageException"
    case authenticationFailed = "AuthenticationFailedException"
    case accessDenied = "AccessDeniedException"
    case keyNotFound = "KeyNotFoundException"
    case invalidURIPath = "InvalidUriPathException"
    case throttling = "ThrottlingException"
    case internalFailure = "InternalException"
    case unsupportedOperation = "UnsupportedOperationException"
    case dependencyTimeout = "DependencyTimeoutException"
  }

  /// The proxy refused.
  case refused(Refusal)
  /// There is no connection, or it broke.
  case unreachable
  /// The time was up.
  case timeout
  /// No secure connection could be made.
  case tls
  /// The answer is not what the XKS proxy API says it must be.
  case malformedResponse
  /// The proxy answers, but every instance of the key manager behind it is unavailable.
  case keyManagerUnavailable
}
