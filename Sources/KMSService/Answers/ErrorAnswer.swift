// An error as it goes over the wire.

/// The HTTP status, error code and text of a refused request.
struct ErrorAnswer: Error, Sendable {
  /// 400, or 500 and 503 for failures that are not the caller's.
  let status: Int
  /// The error's name, such as `NotFoundException`.
  let code: String
  /// What the caller is told; nil for the errors that KMS sends without text.
  let message: String?
}
