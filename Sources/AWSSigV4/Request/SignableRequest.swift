// The parts of an HTTP request that a signature covers.

internal import Crypto

/// An HTTP request as Signature Version 4 sees it, on either side of the wire.
public struct SignableRequest: Sendable, Equatable {
  /// The method, for example `POST`.
  public var method: String
  /// The request target as it stands in the request line: path, and query after a `?`.
  public var target: String
  /// The header fields in arrival order.
  public var headers: [HeaderField]
  /// The raw body.
  public var body: [UInt8]

  /// Makes a request. It needs a `Host` field (or HTTP/2's `:authority`) before it can be signed.
  public init(method: String, target: String, headers: [HeaderField], body: [UInt8]) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }

  /// The hash that the canonical request ends with.
  var payloadHash: SHA256.Digest { SHA256.digest(of: body) }
}
