// The answer did not come in time.

/// A deadline that passed before the answer was complete.
public struct TimeoutError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Which deadline, for people.
  public let description: String
  /// Whether the service may have received, and acted on, the request.
  public let mayHaveReachedServer: Bool

  public init(_ description: String, mayHaveReachedServer: Bool) {
    self.description = description
    self.mayHaveReachedServer = mayHaveReachedServer
  }
}
