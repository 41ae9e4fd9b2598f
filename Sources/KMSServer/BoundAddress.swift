// The address that a started server listens on.

/// A host and the TCP port that was bound on it.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
  /// The host as it was configured.
  public let host: String
  /// The real port, also when port 0 was asked for.
  public let port: Int

  /// `host:port`, with brackets around an IPv6 address.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
