// A transport that knows how often the service was called.

import KMSClient
import Synchronization

/// Sends over HTTP, and counts.
final class CountingTransport: Transport {
  private let transport = AsyncHTTPClientTransport()
  private let calls = Mutex(0)

  /// How many requests were sent.
  var count: Int { calls.withLock { $0 } }

  func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    calls.withLock { $0 += 1 }
    return try await transport.send(request)
  }

  func shutdown() async throws {
    try await transport.shutdown()
  }
}
