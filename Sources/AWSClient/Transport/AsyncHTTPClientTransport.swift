// The transport over AsyncHTTPClient: HTTP/1.1, with or without TLS.

public import AsyncHTTPClient
internal import AWSJSON
internal import AWSSigV4
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import SecureMemory

/// Carries requests with AsyncHTTPClient.
///
/// Replies are bounded in size, an exchange in time, and cancelling a call closes its connection. The buffers of request
/// and reply are wiped as far as SwiftNIO has let go of them: bytes that it still shares at that moment are not.
public final class AsyncHTTPClientTransport: Transport {
  private let client: HTTPClient
  private let ownsClient: Bool
  private let maximumResponseBytes: Int

  /// Largest reply accepted unless told otherwise, 32 MiB: DynamoDB sends up to 16 MiB of items in a page and Kinesis
  /// 10 MiB of records, and Base64 makes a third more of them.
  public static let defaultMaximumResponseBytes = 32 << 20

  /// Uses an HTTP client of its own, until ``shutdown()``.
  ///
  /// It follows no redirects, decompresses nothing and connects once per attempt.
  /// - Parameters:
  ///   - maximumConnections: connections held to the service at once; further requests wait for one of them.
  ///   - connectTimeout: how long connecting, TLS included, may take.
  ///   - certificateAuthoritiesFile: certificates to trust in place of the system's, PEM.
  ///   - maximumResponseBytes: the largest body accepted in a reply.
  public init(
    maximumConnections: Int = 64, connectTimeout: Duration = .seconds(10),
    certificateAuthoritiesFile: String? = nil,
    maximumResponseBytes: Int = AsyncHTTPClientTransport.defaultMaximumResponseBytes
  ) {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = TimeAmount(connectTimeout)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, maximumConnections)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    if let certificateAuthoritiesFile {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .file(certificateAuthoritiesFile)
      configuration.tlsConfiguration = tls
    }
    client = HTTPClient(configuration: configuration)
    ownsClient = true
    self.maximumResponseBytes = maximumResponseBytes
  }

  /// Uses `client`, which stays the caller's: ``shutdown()`` does not touch it.
  ///
  /// For a certificate authority of one's own, a proxy, or a shared connection pool. Give it
  /// `redirectConfiguration: .disallow`, or a redirect may carry a request's plaintext to another host.
  public init(
    client: HTTPClient, maximumResponseBytes: Int = AsyncHTTPClientTransport.defaultMaximumResponseBytes
  ) {
    self.client = client
    ownsClient = false
    self.maximumResponseBytes = maximumResponseBytes
  }

  deinit {
    // AsyncHTTPClient traps in debug builds when it is forgotten; a forgotten shutdown() is no reason to crash.
    if ownsClient { client.shutdown { _ in } }
  }

  /// Closes the connections. Requests under way and later ones fail; calling it again does nothing.
  public func shutdown() async throws {
    guard ownsClient else { return }
    do {
      try await client.shutdown()
    } catch let error as HTTPClientError where error == .alreadyShutdown {
      return
    }
  }

  /// Sends `request`; see ``Transport/send(_:)``.
  public func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    // The tasks below get this copy only, so that the caller's is free to be wiped when this returns.
    var body = ByteBuffer(bytes: request.body)
    defer { body.withUnsafeMutableReadableBytes { SecretBytes.wipe($0) } }
    do {
      return try await perform(outgoing(request, body: body), within: min(request.timeout, Timeouts.longest))
    } catch {
      throw Task.isCancelled ? .cancelled : TransportFailure(error)
    }
  }

  private func outgoing(_ request: TransportRequest, body: ByteBuffer) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(url: request.url)
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    for field in request.headers { outgoing.headers.add(name: field.name, value: field.value) }
    outgoing.body = .bytes(body)
    return outgoing
  }

  /// The reply to `request`. AsyncHTTPClient's own deadline ends with the reply's head; this one covers the body too.
  private func perform(_ request: HTTPClientRequest, within timeout: Duration) async throws -> TransportResponse {
    try await withThrowingTaskGroup(of: TransportResponse?.self) { group in
      group.addTask { try await self.exchange(request) }
      group.addTask {
        try await Task.sleep(for: timeout)
        return nil
      }
      defer { group.cancelAll() }
      guard let response = try await group.next() ?? nil else {
        throw TransportFailure.timeout(TimeoutError("no complete reply within \(timeout)", mayHaveReachedServer: true))
      }
      return response
    }
  }

  private func exchange(_ request: HTTPClientRequest) async throws -> TransportResponse {
    let response = try await client.execute(request, deadline: .distantFuture)
    guard response.history.count <= 1 else {
      // A shared client may follow redirects, against our advice: what answered is not what was asked.
      throw TransportFailure.connection(
        TransportError("the request was redirected to another place", mayHaveReachedServer: true, isPermanent: true))
    }
    return TransportResponse(
      statusCode: Int(response.status.code),
      headers: response.headers.map { HeaderField(name: $0.name, value: $0.value) },
      body: try await collect(response.body))
  }

  /// The whole body, in an array made once at its final size: a growing one would leave copies behind.
  private func collect(_ body: HTTPClientResponse.Body) async throws -> [UInt8] {
    var chunks: [ByteBuffer] = []
    defer {
      for index in chunks.indices { chunks[index].withUnsafeMutableReadableBytes { SecretBytes.wipe($0) } }
    }
    var count = 0
    for try await chunk in body {
      count += chunk.readableBytes
      guard count <= maximumResponseBytes else {
        throw TransportFailure.connection(
          TransportError(
            "the reply is longer than \(maximumResponseBytes) bytes", mayHaveReachedServer: true, isPermanent: true))
      }
      chunks.append(chunk)
    }
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
      for chunk in chunks {
        let target = UnsafeMutableBufferPointer(rebasing: bytes[initialized...])
        initialized += chunk.readableBytesView.withUnsafeBytes { source in
          UnsafeMutableRawBufferPointer(target).copyBytes(from: source)
          return source.count
        }
      }
    }
  }
}
