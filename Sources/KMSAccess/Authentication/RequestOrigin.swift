// How a request came: what policies may ask about it, and what the audit trail says of it.

/// Where a request came from, over what, and when.
public struct RequestOrigin: Sendable {
  /// The caller's IP address without its port; nil for a caller in this process.
  public let sourceIP: String?
  /// Whether it came over TLS.
  public let isSecure: Bool
  /// The `User-Agent` header.
  public let userAgent: String?
  /// The `Host` header, as received.
  public let host: String?
  /// The TLS version, such as `TLSv1.3`, where it is known.
  public let tlsVersion: String?
  /// When it was received, in seconds since 1970.
  public let time: Double

  /// Puts an origin together.
  public init(
    sourceIP: String? = nil, isSecure: Bool = false, userAgent: String? = nil, host: String? = nil,
    tlsVersion: String? = nil, time: Double
  ) {
    self.sourceIP = sourceIP
    self.isSecure = isSecure
    self.userAgent = userAgent
    self.host = host
    self.tlsVersion = tlsVersion
    self.time = time
  }
}
