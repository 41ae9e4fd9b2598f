// How busy the server is.

extension HTTPServer {
  /// What a server is doing at one moment, and what it has refused.
  public struct Load: Hashable, Sendable {
    /// Requests being answered; health checks and metrics do not count.
    public var requestsInFlight: Int
    /// Open connections.
    public var openConnections: Int
    /// Requests and connections that the server itself has refused since it was made: malformed, too large, too slow,
    /// or too many.
    public var refusals: Int

    /// Puts the figures together.
    public init(requestsInFlight: Int = 0, openConnections: Int = 0, refusals: Int = 0) {
      self.requestsInFlight = requestsInFlight
      self.openConnections = openConnections
      self.refusals = refusals
    }
  }
}
