// The parts of a service's error that are there whichever error it is.

/// What a service said when it refused a request: for messages and logs, where the kind of error does not matter.
public struct ServiceErrorSummary: Equatable, Sendable, CustomStringConvertible {
  /// The code that names the error on the wire.
  public var code: String
  /// What the service said about it, if anything.
  public var message: String?
  /// The id of the failed request.
  public var requestID: String?

  public init(code: String, message: String?, requestID: String?) {
    self.code = code
    self.message = message
    self.requestID = requestID
  }

  public init(_ error: some ServiceError) {
    self.init(code: error.code, message: error.message, requestID: error.requestID)
  }

  /// For example `NotFoundException: Alias … is not found. (request 1b2c…)`.
  public var description: String {
    let said = message.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    return "\(code)\(said)\(requestID.map { " (request \($0))" } ?? "")"
  }
}
