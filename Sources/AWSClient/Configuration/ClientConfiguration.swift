// What a client needs to know before its first request.

public import AsyncHTTPClient
public import Logging
public import Metrics
public import Tracing

/// The settings of a client; of a KMS client as `KMSClient.Configuration`.
///
/// Everything is said here: a client reads no environment of its own. ``default(profile:region:)`` is how what the surroundings of the
/// process say becomes such a value.
public struct ClientConfiguration<Client: AWSServiceClient>: Sendable {
  /// The Region requests are signed for, for example `eu-central-1`.
  public var region: String
  /// The URL requests are sent to; nil for AWS's own endpoint of the Region.
  ///
  /// An `http` URL sends plaintext keys in clear: for loopback, and networks that are encrypted below.
  public var endpointURL: String?
  /// Whether AWS's own endpoint is to be one with FIPS 140 validated cryptography.
  public var usesFIPS = false
  /// Whether AWS's own endpoint is to be one that has IPv6 addresses too.
  public var usesDualStack = false
  /// Where the credentials come from.
  public var credentials: any CredentialsProvider
  /// What is tried again, and how often.
  public var retry = RetryConfiguration()
  /// How long things may take.
  public var timeouts = Timeouts()
  /// How the requests of services that take compressed ones are compressed; nil to send all as they are.
  public var requestCompression: RequestCompression?
  /// The largest body of a reply that is taken, in bytes; a larger one is an error of the call.
  ///
  /// Not used when a transport is given: it has a limit of its own.
  public var maximumResponseBytes = AsyncHTTPClientTransport.defaultMaximumResponseBytes
  /// A file with the certificates of authorities to trust in place of the system's, PEM; for services of one's own.
  ///
  /// Not used when ``httpClient`` or a transport is given: those have their own.
  public var certificateAuthoritiesFile: String?
  /// An HTTP client to share, which stays the caller's; nil for one of the client's own.
  ///
  /// Configure it with `redirectConfiguration: .disallow`, or a redirect may carry a request's plaintext to another host.
  public var httpClient: HTTPClient?
  /// Where the client tells of attempts that failed, at level `debug`; nothing of requests or replies but their ids.
  /// Nil for silence.
  public var logger: Logger?
  /// What makes the client's spans; nil for the tracer that the process was bootstrapped with.
  public var tracer: (any Tracer)?
  /// What makes the client's metrics; nil for the factory that the process was bootstrapped with.
  public var metrics: (any MetricsFactory)?

  /// Makes a configuration. Nothing is checked here: see ``validate()``.
  public init(region: String, endpointURL: String? = nil, credentials: some CredentialsProvider) {
    self.region = region
    self.endpointURL = endpointURL
    self.credentials = credentials
  }

  /// A configuration for a service at `url`, for example `http://127.0.0.1:8270`.
  ///
  /// A URL or Region that is not valid does not fail here; every call then fails with its `.transport` case, and
  /// ``validate()`` tells beforehand.
  public static func endpoint(_ url: String, region: String, credentials: some CredentialsProvider) -> Self {
    Self(region: region, endpointURL: url, credentials: credentials)
  }

  /// Checks Region and endpoint, without any request.
  ///
  /// - Throws: ``ConfigurationError/invalidRegion`` or ``ConfigurationError/invalidEndpoint(reason:)``.
  public func validate() throws(ConfigurationError) {
    _ = try serviceEndpoint()
  }

  /// The address this configuration means, and how requests to it are signed.
  func serviceEndpoint() throws(ConfigurationError) -> ServiceEndpoint {
    try ServiceEndpoint(
      of: Client.service, region: region, endpointURL: endpointURL, usesFIPS: usesFIPS, usesDualStack: usesDualStack)
  }
}
