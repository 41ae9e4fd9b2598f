// The transport over AsyncHTTPClient: HTTP/1.1 over TLS, connections reused.

import AWSSigV4
import AsyncHTTPClient
import KMSOperations
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

/// Carries requests over HTTPS.
///
/// No redirect is followed: a request is signed for one host. Certificates are checked against the proxy's name, also
/// when an address was configured for it.
final class HTTPSProxyTransport: ProxyTransport {
  private let clients: HostClients
  private let resolver: NameResolver
  private let hosts: [String: HostAddress]
  private let timeout: Duration

  init(
    _ configuration: XKSProxyClient.Configuration, logger: Logger, resolver: NameResolver? = nil
  ) throws(XKSProxyClient.ConfigurationError) {
    let roots = try ProxyTrust.roots(trusting: configuration.trustRootFiles, logger: logger)
    var http = HTTPClient.Configuration(
      tlsConfiguration: .xksProxy(trusting: roots), redirectConfiguration: .disallow)
    // A little less than the whole time, so that nobody answering is told from somebody answering late.
    let connectTimeout = configuration.timeout * 9 / 10
    http.timeout.connect = TimeAmount(connectTimeout)
    http.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.maximumConnections
    http.connectionPool.retryConnectionEstablishment = false
    http.httpVersion = .http1Only
    let maximumResponseBytes = configuration.maximumResponseBytes
    clients = HostClients(capacity: 128) { [http] host, address in
      HostClient(http, host: host, address: address, maximumResponseBytes: maximumResponseBytes)
    }
    var limits = NameResolver.Limits()
    limits.patience = connectTimeout
    self.resolver = resolver ?? NameResolver(limits, logger: logger)
    hosts = configuration.hosts
    timeout = configuration.timeout
  }

  func shutdown() async { await clients.shutdown() }

  func send(_ request: ProxyRequest) async throws(ProxyFailure) -> ProxyResponse {
    do {
      return try await withinTimeout { try await self.exchange(request) }
    } catch {
      throw ProxyFailure(transport: error)
    }
  }

  /// Asks at one of the host's addresses after the other until one is reached.
  private func exchange(_ request: ProxyRequest) async throws -> ProxyResponse {
    let outgoing = outgoing(request)
    if let place = hosts[request.host] {
      return try await clients.client(of: request.host, at: place.address).exchange(outgoing)
    }
    for address in try await resolver.addresses(of: request.host) {
      do {
        return try await clients.client(of: request.host, at: address).exchange(outgoing)
      } catch let error where ProxyFailure(transport: error) == .unreachable {
        resolver.demote(address, of: request.host)
        // The time is up: others would have none left.
        if Task.isCancelled { throw error }
      }
    }
    throw ProxyFailure.unreachable
  }

  private func outgoing(_ request: ProxyRequest) -> HTTPClientRequest {
    let port = hosts[request.host].map { ":\($0.port)" } ?? ""
    var outgoing = HTTPClientRequest(url: "https://\(request.host)\(port)\(request.path)")
    outgoing.method = .POST
    for field in request.headers { outgoing.headers.add(name: field.name, value: field.value) }
    outgoing.body = .bytes(ByteBuffer(bytes: request.body))
    return outgoing
  }

  /// AsyncHTTPClient's own deadline ends with the answer's head; this one covers the lookup and the body too.
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
}
