// The client's only way to the outside: a signed request goes out, an answer comes back.

import KMSOperations

/// Carries requests to proxies.
protocol ProxyTransport: Sendable {
  /// Sends `request` and waits for the whole answer, whatever its status.
  func send(_ request: ProxyRequest) async throws(ProxyFailure) -> ProxyResponse

  /// Closes the connections. Later requests fail.
  func shutdown() async
}
