// The transport over AsyncHTTPClient: HTTP/1.1 over TLS, connections reused.

import AWSSigV4
import AsyncHTTPClient
import KMSOperations
import NIOCore
import NIOHTTP1
import NIOSSL

/// Carries requests over HTTPS.
///
/// No redirect is followed: a request is signed for one host. Certificates are checked against the proxy's name, also
/// when an address was configured for it.
final class HTTPSProxyTransport: ProxyTransport {
  private let client: HTTPClient
  private let hosts: [String: HostAddress]
  private let timeout: Duration
  private let maximumResponseBytes: Int

  init(_ configuration: XKSProxyClient.Configuration) throws(XKSProxyClient.ConfigurationError) {
    var http = HTTPClient.Configuration(
      tlsConfiguration: try TLSConfiguration.xksProxy(trusting: configuration.trustRootFiles),
      redirectConfiguration: .disallow)
    http.dnsOverride = configuration.hosts.mapValues(\.address)
    // A little less than the whole time, so that nobody answering is told from somebody answering late.
    http.timeout.connect = TimeAmount(configuration.timeout * 9 / 10)
    http.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.maximumConnections
    http.connectionPool.retryConnectionEstablishment = false
    http.httpVersion = .http1Only
    client = HTTPClient(configuration: http)
    hosts = configuration.hosts
    timeout = configuration.timeout
    maximumResponseBytes = configuration.maximumResponseBytes
  }

  deinit {
    // AsyncHTTPClient traps in debug builds when it is forgotten; a forgotten shutdown() is no reason to crash.
    client.shutdown { _ in }
  }

  func shutdown() async {
    try? await client.shutdown()  // It can only say that it was shut down before.
  }

  func send(_ request: ProxyRequest) async throws(ProxyFailure) -> ProxyResponse {
    let outgoing = outgoing(request)
    do {
      return try await withinTimeout {
        do {
          return try await self.exchange(outgoing)
        } catch let error where ProxyFailure.isLostConnection(error) {
          // A proxy may close an idle connection at the very moment it is used again. Calls change nothing there,
          // so that asking once more does no harm.
          return try await self.exchange(outgoing)
        }
      }
    } catch {
      throw ProxyFailure(transport: error)
    }
  }

  private func outgoing(_ request: ProxyRequest) -> HTTPClientRequest {
    let port = hosts[request.host].map { ":\($0.port)" } ?? ""
    var outgoing = HTTPClientRequest(url: "https://\(request.host)\(port)\(request.path)")
    outgoing.method = .POST
    for field in request.headers { outgoing.headers.add(name: field.name, value: field.value) }
    outgoing.body = .bytes(ByteBuffer(bytes: request.body))
    return outgoing
  }

  /// AsyncHTTPClient's own deadline ends with the answer's head; this one covers the body too.
  private func withinTimeout(_ exchange: @escaping @Sendable () async throws -> ProxyResponse) async throws
    -> ProxyResponse
  {
    try await withThrowingTaskGroup(of: ProxyResponse?.self) { [timeout] group in
      group.addTask { try await exchange() }
      group.addTask {
        try await Task.sleep(for: timeout)
        return nil
      }
      defer { group.cancelAll() }
      guard let response = try await group.next() ?? nil else { throw ProxyFailure.timeout }
      return response
    }
  }

  private func exchange(_ request: HTTPClientRequest) async throws -> ProxyResponse {
    let response = try await client.execute(request, deadline: .distantFuture)
    var body: [UInt8] = []
    for try await chunk in response.body {
      guard body.count + chunk.readableBytes <= maximumResponseBytes else { throw ProxyFailure.malformedResponse }
      body += chunk.readableBytesView
    }
    return ProxyResponse(status: Int(response.status.code), body: body)
  }
}
