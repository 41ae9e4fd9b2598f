// Everything about the server that an operator may set.

extension HTTPServer {
  /// Where to listen, and within which bounds.
  public struct Configuration: Sendable {
    /// The host name or address to bind. Default `127.0.0.1`.
    public var host: String
    /// The TCP port; 0 lets the system choose.
    public var port: Int
    /// Certificate and key, or nil to serve plain HTTP.
    public var tls: TLSFiles?
    /// Sizes and counts.
    public var limits: Limits
    /// Times.
    public var timeouts: Timeouts

    /// Makes a configuration.
    public init(
      host: String = "127.0.0.1", port: Int, tls: TLSFiles? = nil, limits: Limits = Limits(),
      timeouts: Timeouts = Timeouts()
    ) {
      self.host = host
      self.port = port
      self.tls = tls
      self.limits = limits
      self.timeouts = timeouts
    }
  }

  /// How much one caller, and all of them together, may ask of the server.
  ///
  /// The most memory that request bodies can hold is `maximumConnections` × `maximumBodyBytes`.
  public struct Limits: Sendable {
    /// The largest request body, in bytes; beyond it 413. Default 1 MiB, three times the largest legal KMS request.
    public var maximumBodyBytes = 1 << 20
    /// The request line's target and all header names and values together, in bytes; beyond it 431. Default 16 KiB.
    public var maximumHeadBytes = 16 << 10
    /// Header fields in one request, trailers included; beyond it 431. Default 100.
    public var maximumHeaderCount = 100
    /// The request target, in bytes; beyond it 414. Default 8 KiB.
    public var maximumTargetBytes = 8 << 10
    /// Open connections; one more is accepted and closed at once. Default 1024.
    public var maximumConnections = 1024
    /// Requests being answered at the same time; one more is answered 503, health checks excepted. Default 512.
    public var maximumRequestsInFlight = 512
    /// Complete requests a connection may have waiting behind the one being answered. Later ones are dropped unanswered
    /// and the connection is closed after those before them. Default 64.
    public var maximumPipelinedRequests = 64

    /// The defaults.
    public init() {}
  }

  /// How long a caller may take. A connection that exceeds one of these is closed.
  public struct Timeouts: Sendable {
    /// From the accepted connection to the end of the TLS handshake. Default 10 s.
    public var handshake = Duration.seconds(10)
    /// From a request's first byte, or from the beginning of a new connection, to the end of the request's head;
    /// beyond it 408. Default 10 s.
    public var head = Duration.seconds(10)
    /// From the end of a request's head to the end of its body; beyond it 408. Default 30 s.
    public var body = Duration.seconds(30)
    /// From an answer to the first byte of the next request. Default 75 s, longer than SDKs keep idle connections.
    public var idle = Duration.seconds(75)
    /// How long the caller may refuse to take bytes that are ready for it. Default 30 s.
    public var write = Duration.seconds(30)
    /// After the last answer of a connection: how long input is still read and thrown away, so that the caller can
    /// read the answer before the connection goes (RFC 9112 §9.6). Default 2 s.
    public var linger = Duration.seconds(2)

    /// The defaults.
    public init() {}
  }
}
