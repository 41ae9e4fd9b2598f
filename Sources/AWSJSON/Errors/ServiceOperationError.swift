// What the error enums of all operations have in common.

/// Everything that an operation can fail with, as one enum per operation.
public protocol ServiceOperationError: AWSOperationError, CustomStringConvertible {
  /// What the service said; nil when the failure is on the client's side.
  var serviceError: ServiceErrorSummary? { get }
  /// What failed on the client's side; nil when the service answered with an error.
  var clientFailure: ClientFailure? { get }
}

extension ServiceOperationError {
  /// One line about the failure, without anything from the request or the answer but the service's own message.
  public var description: String {
    serviceError.map(String.init(describing:)) ?? clientFailure.map(String.init(describing:)) ?? "unknown failure"
  }
}
