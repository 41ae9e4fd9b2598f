// What the client asks its transport to carry.

import AWSSigV4

/// A `POST` to a proxy, signed and complete.
struct ProxyRequest: Sendable {
  /// The proxy's name, which its certificate must have.
  let host: String
  /// The path that was signed.
  let path: String
  /// The header fields, `Host` included.
  let headers: [HeaderField]
  /// The JSON body.
  let body: [UInt8]
}
