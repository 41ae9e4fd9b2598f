// What the client asks a transport to carry.

public import AWSSigV4

/// An HTTP request, complete: a signed `POST` of a service's client, or one that asks for credentials.
public struct TransportRequest: Sendable {
  /// The methods that clients use; only credentials are asked for with another one than `POST`.
  public enum Method: String, Sendable { case get = "GET", put = "PUT", post = "POST" }

  /// The method.
  public var method: Method
  /// The absolute URL, `http` or `https`. Its path is the one that was signed.
  public var url: String
  /// The header fields, `Host` included. They are sent as they are: most of them are signed.
  public var headers: [HeaderField]
  /// The body. It may hold plaintext, and is wiped by the client after the exchange.
  public var body: [UInt8]
  /// How long the exchange may take, from the start of connecting to the last byte of the reply.
  public var timeout: Duration

  /// Makes a request.
  public init(
    method: Method = .post, url: String, headers: [HeaderField], body: [UInt8], timeout: Duration
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }
}

extension TransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The URL and the body's length: neither session token nor plaintext.
  public var description: String { "TransportRequest(\(url), \(body.count) bytes)" }
  /// The same as ``description``.
  public var debugDescription: String { description }
  /// Shows the URL only, so that `dump` prints no secret.
  public var customMirror: Mirror { Mirror(self, children: ["url": url]) }
}
