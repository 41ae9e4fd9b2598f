// The connections that credentials are fetched over.

internal import AsyncHTTPClient
internal import NIOCore

extension AsyncHTTPClientTransport {
  /// The transport of every credentials provider that was given none; it lives as long as the process.
  ///
  /// Providers are values without an end, so there is nobody to shut it down, and one is enough for all. It knows no
  /// proxy, whatever the environment says: a metadata service must not be reached through one, and what a redirect would
  /// lead to is not followed. Connecting may take five seconds, for the sake of an STS far away; requests to what must
  /// be near have a shorter timeout of their own.
  static let forCredentials: AsyncHTTPClientTransport = {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .seconds(5)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4
    configuration.connectionPool.idleTimeout = .seconds(5)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    let client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    return AsyncHTTPClientTransport(client: client, maximumResponseBytes: 1 << 16)
  }()
}
