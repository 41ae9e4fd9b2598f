// The service answered with success, in words the client does not understand.

/// A successful reply whose body is not the operation's output.
public struct DecodingFailure: Error, Equatable, Sendable, CustomStringConvertible {
  public let reason: OutputDecodingError
  public let statusCode: Int
  public let requestID: String?

  public init(_ reason: OutputDecodingError, statusCode: Int, requestID: String?) {
    self.reason = reason
    self.statusCode = statusCode
    self.requestID = requestID
  }

  /// The reason; no bytes of the body.
  public var description: String { reason.description }
}
