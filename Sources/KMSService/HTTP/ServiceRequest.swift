// What the service sees of an HTTP request: plain values, no socket and no HTTP library.

public import AWSSigV4

/// One complete HTTP request, as it was received.
public struct ServiceRequest: Sendable {
  /// The method, as received: `POST`.
  public var method: String
  /// The request target as received, path and query: `/`. Nothing in it is decoded or normalised, because it is signed.
  public var target: String
  /// The header fields in the order of arrival, repeated names kept apart.
  public var headers: [HeaderField]
  /// The whole body, after any chunked coding was undone.
  public var body: [UInt8]
  /// The caller's IP address without its port, or nil where there is none (an in-process caller).
  public var remoteAddress: String?
  /// Whether the request came over TLS.
  public var isSecure: Bool
  /// The TLS version it came over, such as `TLSv1.3`; nil where that is not known.
  public var tlsVersion: String?

  /// Makes a request. The defaults suit in-process callers and tests.
  public init(
    method: String, target: String, headers: [HeaderField], body: [UInt8], remoteAddress: String? = nil,
    isSecure: Bool = false, tlsVersion: String? = nil
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.remoteAddress = remoteAddress
    self.isSecure = isSecure
    self.tlsVersion = tlsVersion
  }
}
