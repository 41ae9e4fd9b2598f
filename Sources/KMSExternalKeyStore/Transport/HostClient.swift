// A client of one host at one address.

import AsyncHTTPClient
import KMSOperations
import NIOCore
import NIOHTTP1

/// An `HTTPClient` that asks no resolver, for it knows where its host is. It is shut down when nobody uses it any more.
final class HostClient: Sendable {
  private let client: HTTPClient
  private let maximumResponseBytes: Int

  /// `http` with one host's address put in.
  init(_ http: HTTPClient.Configuration, host: String, address: String, maximumResponseBytes: Int) {
    var http = http
    http.dnsOverride = [host: address]
    client = HTTPClient(configuration: http)
    self.maximumResponseBytes = maximumResponseBytes
  }

  deinit {
    // AsyncHTTPClient traps in debug builds when it is forgotten.
    client.shutdown { _ in }
  }

  func shutdown() async {
    try? await client.shutdown()  // It can only say that it was shut down before.
  }

  /// Sends a request and waits for the whole answer.
  func exchange(_ request: HTTPClientRequest) async throws -> ProxyResponse {
    do {
      return try await exchangeOnce(request)
    } catch let error where ProxyFailure.isLostConnection(error) {
      // A proxy may close an idle connection at the very moment it is used again. Calls change nothing there,
      // so that asking once more does no harm.
      return try await exchangeOnce(request)
    }
  }

  private func exchangeOnce(_ request: HTTPClientRequest) async throws -> ProxyResponse {
    let response = try await client.execute(request, deadline: .distantFuture)
    var body: [UInt8] = []
    for try await chunk in response.body {
      guard body.count + chunk.readableBytes <= maximumResponseBytes else { throw ProxyFailure.malformedResponse }
      body += chunk.readableBytesView
    }
    return ProxyResponse(status: Int(response.status.code), body: body)
  }
}
