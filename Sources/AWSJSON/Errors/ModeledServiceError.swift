// What the errors that the model lists have in common.

/// An error that the model lists for some operation.
public protocol ModeledServiceError: ServiceError {
  /// The code that names the error on the wire.
  static var code: String { get }
  /// The HTTP status that goes with the error.
  static var statusCode: Int { get }
  /// Whether a request that failed with the error may be repeated, as far as the model says.
  static var retryability: ErrorRetryability? { get }
  init(message: String?, requestID: String?, statusCode: Int)
  /// The error as the service answered it, with everything the model says is in it.
  init(_ reply: ServiceErrorReply)
}

extension ModeledServiceError {
  /// The code that names the error on the wire.
  public var code: String { Self.code }

  public static var retryability: ErrorRetryability? { nil }

  /// The error as the service answered it: code, message, request id and status.
  public init(_ reply: ServiceErrorReply) {
    self.init(message: reply.message, requestID: reply.requestID, statusCode: reply.statusCode)
  }
}
