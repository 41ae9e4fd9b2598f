// Why an operation is refused, in the service's own terms. `KMSService` turns a fault into the wire's error.

/// A refusal: what kind it is, what the caller is told and, for internal failures, what really happened.
public struct Fault: Error, Sendable {
  /// The kinds of refusal, each by its name in the API.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case accessDenied = "AccessDeniedException"
    case alreadyExists = "AlreadyExistsException"
    case cloudHSMClusterNotFound = "CloudHsmClusterNotFoundException"
    case conflict = "ConflictException"
    case customKeyStoreHasKeys = "CustomKeyStoreHasCMKsException"
    case customKeyStoreInvalidState = "CustomKeyStoreInvalidStateException"
    case customKeyStoreNameInUse = "CustomKeyStoreNameInUseException"
    case customKeyStoreNotFound = "CustomKeyStoreNotFoundException"
    case dependencyTimeout = "DependencyTimeoutException"
    case disabled = "DisabledException"
    case dryRunOperation = "DryRunOperationException"
    case expiredImportToken = "ExpiredImportTokenException"
    case incorrectKey = "IncorrectKeyException"
    case incorrectKeyMaterial = "IncorrectKeyMaterialException"
    case internalFailure = "KMSInternalException"
    case invalidAliasName = "InvalidAliasNameException"
    case invalidArn = "InvalidArnException"
    case invalidCiphertext = "InvalidCiphertextException"
    case invalidGrantID = "InvalidGrantIdException"
    case invalidGrantToken = "InvalidGrantTokenException"
    case invalidImportToken = "InvalidImportTokenException"
    case invalidKeyUsage = "InvalidKeyUsageException"
    case invalidMAC = "KMSInvalidMacException"
    case invalidMarker = "InvalidMarkerException"
    case invalidSignature = "KMSInvalidSignatureException"
    case invalidState = "KMSInvalidStateException"
    case keyUnavailable = "KeyUnavailableException"
    case limitExceeded = "LimitExceededException"
    case malformedPolicyDocument = "MalformedPolicyDocumentException"
    case notAuthorized = "NotAuthorizedException"
    case notFound = "NotFoundException"
    case tag = "TagException"
    case throttling = "ThrottlingException"
    case unsupportedOperation = "UnsupportedOperationException"
    case validation = "ValidationException"
    case xksKeyAlreadyInUse = "XksKeyAlreadyInUseException"
    case xksKeyInvalidConfiguration = "XksKeyInvalidConfigurationException"
    case xksKeyNotFound = "XksKeyNotFoundException"
    case xksProxyIncorrectAuthenticationCredential = "XksProxyIncorrectAuthenticationCredentialException"
    case xksProxyInvalidConfiguration = "XksProxyInvalidConfigurationException"
    case xksProxyInvalidResponse = "XksProxyInvalidResponseException"
    case xksProxyURIEndpointInUse = "XksProxyUriEndpointInUseException"
    case xksProxyURIInUse = "XksProxyUriInUseException"
    case xksProxyURIUnreachable = "XksProxyUriUnreachableException"
    case xksProxyVPCEndpointServiceInUse = "XksProxyVpcEndpointServiceInUseException"

    /// Whether the failure is the service's own, rather than the caller's.
    public var isServerFailure: Bool {
      switch self {
      case .dependencyTimeout, .internalFailure, .keyUnavailable: true
      default: false
      }
    }
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
