// What every error has that a service answers with.

/// An error that a service answered with.
public protocol ServiceError: Error, Equatable {
  /// The code that names the error on the wire.
  var code: String { get }
  /// What the service said about it, if anything.
  var message: String? { get }
  /// The id of the failed request, for whoever runs the service.
  var requestID: String? { get }
  /// The HTTP status of the answer.
  var statusCode: Int { get }
}
