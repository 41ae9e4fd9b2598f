// What the errors that the model lists have in common.

public import AWSJSON

/// An error that the model lists for some operation.
public protocol ModeledServiceError: ServiceError {
  /// The code that names the error on the wire.
  static var code: String { get }
  /// The HTTP status that goes with the error.
  static var statusCode: Int { get }
  init(message: String?, requestID: String?, statusCode: Int)
}

extension ModeledServiceError {
  /// The code that names the error on the wire.
  public var code: String { Self.code }

  /// The error as the service answered it.
  public init(_ reply: ServiceErrorReply) {
    self.init(message: reply.message, requestID: reply.requestID, statusCode: reply.statusCode)
  }
}
