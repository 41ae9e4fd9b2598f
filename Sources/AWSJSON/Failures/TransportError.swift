// The request or its answer got lost on the way.

/// A failure of the connection: name resolution, connecting, TLS, or a connection that broke.
public struct TransportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What happened, for people; no request content.
  public let description: String
  /// Whether the service may have received, and acted on, the request. False only when it certainly has not.
  public let mayHaveReachedServer: Bool

  /// Whether the same request would fail in the same way again, so that repeating it is of no use.
  public let isPermanent: Bool

  public init(_ description: String, mayHaveReachedServer: Bool, isPermanent: Bool = false) {
    self.description = description
    self.mayHaveReachedServer = mayHaveReachedServer
    self.isPermanent = isPermanent
  }
}
