// The errors that every AWS operation can fail with, whatever its model says.

/// An error that is not in an operation's model because every AWS operation shares it.
public struct CommonServiceError: ServiceError, Sendable {
  /// The code that names the error on the wire.
  public var code: String
  /// What the service said about it, if anything.
  public var message: String?
  /// The id of the failed request.
  public var requestID: String?
  /// The HTTP status of the answer.
  public var statusCode: Int

  public init(code: String, message: String? = nil, requestID: String? = nil, statusCode: Int = 400) {
    self.code = code
    self.message = message
    self.requestID = requestID
    self.statusCode = statusCode
  }

  /// The error as the service answered it.
  public init(_ reply: ServiceErrorReply) {
    self.init(code: reply.code, message: reply.message, requestID: reply.requestID, statusCode: reply.statusCode)
  }

  /// Which of the shared errors it is; nil when its code is not one of theirs.
  public var kind: Kind? { Kind(code: code) }

  /// The shared errors. Services disagree about the codes, so that several may mean the same.
  ///
  /// Source: the "Common Errors" pages of the AWS API references, and what AWS SDKs accept.
  public enum Kind: Sendable, CaseIterable {
    case accessDenied, throttling, validation, unrecognizedClient, invalidSignature, incompleteSignature
    case missingAuthenticationToken, expiredToken, serialization, unknownOperation, internalFailure
    case serviceUnavailable

    public init?(code: String) {
      switch code {
      case "AccessDeniedException", "AccessDenied": self = .accessDenied
      case "ThrottlingException", "Throttling", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "RequestLimitExceeded", "SlowDown":
        self = .throttling
      case "ValidationException", "ValidationError": self = .validation
      case "UnrecognizedClientException", "InvalidClientTokenId": self = .unrecognizedClient
      case "InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "RequestExpired":
        self = .invalidSignature
      case "IncompleteSignatureException", "IncompleteSignature": self = .incompleteSignature
      case "MissingAuthenticationTokenException", "MissingAuthenticationToken": self = .missingAuthenticationToken
      case "ExpiredTokenException", "ExpiredToken": self = .expiredToken
      case "SerializationException": self = .serialization
      case "UnknownOperationException", "UnknownOperation", "InvalidAction": self = .unknownOperation
      case "InternalFailure", "InternalFailureException", "InternalServerError", "InternalServerException",
        "InternalServiceError", "InternalError":
        self = .internalFailure
      case "ServiceUnavailableException", "ServiceUnavailable": self = .serviceUnavailable
      default: return nil
      }
    }
  }
}
