// A key set behind an address.

import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Fetches a key set over HTTPS, or over HTTP from this machine. No redirect is followed: who sends keys was configured.
final class HTTPKeySet: KeySetSource {
  private let url: String
  private let client: HTTPClient

  init(url: String) {
    self.url = url
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .seconds(5)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    // Once in a long while: a connection that is kept would only be closed by the other side.
    configuration.connectionPool.idleTimeout = .seconds(1)
    client = HTTPClient(configuration: configuration)
  }

  deinit {
    // AsyncHTTPClient traps in debug builds when it is forgotten.
    client.shutdown { _ in }
  }

  func fetch() async throws -> [UInt8] {
    // AsyncHTTPClient's own deadline ends with the answer's head; this one covers the body too.
    try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      group.addTask { try await self.exchange() }
      group.addTask {
        try await Task.sleep(for: KeySetLimits.patience)
        return nil
      }
      defer { group.cancelAll() }
      guard let set = try await group.next() ?? nil else { throw KeySetFailure.timeout }
      return set
    }
  }

  private func exchange() async throws -> [UInt8] {
    var request = HTTPClientRequest(url: url)
    request.headers.add(name: "Accept", value: "application/json, application/jwk-set+json")
    let response = try await client.execute(request, deadline: .distantFuture)
    guard response.status == .ok else { throw KeySetFailure.status(Int(response.status.code)) }
    var set: [UInt8] = []
    for try await chunk in response.body {
      guard set.count + chunk.readableBytes <= KeySetLimits.maximumByteCount else { throw KeySetFailure.tooLarge }
      set += chunk.readableBytesView
    }
    return set
  }
}
