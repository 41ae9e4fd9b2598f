// What a client needs to know before its first request.

internal import AWSJSON

extension KMSClient {
  /// A client's settings.
  public struct Configuration: Sendable {
    /// The Region requests are signed for, for example `eu-central-1`.
    public var region: String
    /// The URL requests are sent to; nil for AWS's own endpoint of the Region.
    ///
    /// An `http` URL sends plaintext keys in clear: for loopback, and networks that are encrypted below.
    public var endpointURL: String?
    /// Where the credentials come from.
    public var credentials: any CredentialsProvider
    /// How long one request may take, from the start of connecting to the last byte of the reply: 60 seconds unless
    /// set. Making an RSA key pair alone can take some of them.
    public var requestTimeout: Duration

    /// Makes a configuration. Nothing is checked here: see ``validate()``.
    public init(
      region: String, endpointURL: String? = nil, credentials: some CredentialsProvider,
      requestTimeout: Duration = .seconds(60)
    ) {
      self.region = region
      self.endpointURL = endpointURL
      self.credentials = credentials
      self.requestTimeout = requestTimeout
    }

    /// A configuration for a service at `url`, for example `http://127.0.0.1:8270`.
    ///
    /// A URL or Region that is not valid does not fail here; every call then fails with its `.transport` case, and
    /// ``validate()`` tells beforehand.
    public static func endpoint(
      _ url: String, region: String, credentials: some CredentialsProvider, requestTimeout: Duration = .seconds(60)
    ) -> Configuration {
      Configuration(region: region, endpointURL: url, credentials: credentials, requestTimeout: requestTimeout)
    }

    /// Checks Region and endpoint, without any request.
    ///
    /// - Throws: ``ConfigurationError/invalidRegion`` or ``ConfigurationError/invalidEndpoint(reason:)``.
    public func validate() throws(ConfigurationError) {
      _ = try endpoint()
    }

    /// The address this configuration means.
    func endpoint() throws(ConfigurationError) -> Endpoint {
      try Endpoint.validate(region: region)
      guard let endpointURL else { return Endpoint(standardFor: region) }
      return try Endpoint(endpointURL)
    }
  }
}
