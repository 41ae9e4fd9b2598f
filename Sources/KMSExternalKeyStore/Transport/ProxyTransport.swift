// The client's only way to the outside: a signed request goes out, an answer comes back.

import AWSSigV4
import KMSOperations

/// Carries requests to proxies.
protocol ProxyTransport: Sendable {
  /// Sends `request` and waits for the whole answer, whatever its status.
  func send(_ request: ProxyRequest) async throws(ProxyFailure) -> ProxyResponse

  /// Closes the connections. Later requests fail.
  func shutdown() async
}

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

/// An answer of a proxy, complete and uninterpreted.
struct ProxyResponse: Sendable {
  let status: Int
  let body: [UInt8]
}
