// The credentials of the role that an EC2 instance has.

public import AWSJSON
public import AWSSigV4
internal import Synchronization

/// Credentials from the instance metadata service, version 2.
///
/// Every call asks the service: put a ``CachingCredentialsProvider`` around it. Where there is no such service, on a
/// laptop, an answer takes about two seconds: two attempts of one second each.
///
/// When the service goes on giving credentials that have expired, or cannot be reached and those it gave last have
/// expired, they are used on, as all AWS SDKs do: the services of an impaired Region may well accept them still. They
/// come with a new expiration 10 to 15 minutes ahead, so that new ones are asked for soon.
public struct InstanceMetadataCredentialsProvider: CredentialsProvider {
  private static let defaultEndpoint = "http://169.254.169.254"
  private static let defaultIPv6Endpoint = "http://[fd00:ec2::254]"

  private let service: Result<InstanceMetadata, CredentialsError>
  private let last = LastCredentials()
  private let clock: CallClock

  /// Asks the service at `endpoint`. One that is not valid is an error of ``credentials()``.
  ///
  /// - Parameters:
  ///   - endpoint: the service's URL; `http://[fd00:ec2::254]` over IPv6.
  ///   - transport: what carries the requests; nil for the one that all providers share.
  public init(endpoint: String = "http://169.254.169.254", transport: (any Transport)? = nil) {
    self.init(endpoint: .success(endpoint), transport: transport, clock: CallClock())
  }

  /// Asks the service that `AWS_EC2_METADATA_SERVICE_ENDPOINT` names, or else the one that
  /// `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`, `IPv4` or `IPv6`, means; none when `AWS_EC2_METADATA_DISABLED` is `true`.
  /// Where a variable is not set, a setting of `profile` called like it without `AWS_`, in lower case, holds.
  init(
    environment: any EnvironmentVariables, profile: SharedFileSection = SharedFileSection(),
    transport: (any Transport)? = nil, clock: CallClock = CallClock()
  ) {
    self.init(
      endpoint: Result { () throws(CredentialsError) in try Self.endpoint(environment, profile) },
      transport: transport, clock: clock)
  }

  init(endpoint: Result<String, CredentialsError>, transport: (any Transport)?, clock: CallClock) {
    let exchange = CredentialsExchange(
      "the instance metadata service", over: transport, maximumAttempts: 2, timeout: .seconds(1), clock: clock)
    service = Result { () throws(CredentialsError) in
      InstanceMetadata(try Self.url(try endpoint.get()), exchange)
    }
    self.clock = clock
  }

  /// The credentials of the instance's role as the service gives them now, or old ones as described above.
  ///
  /// - Throws: `CredentialsError` when there is no service or no role.
  public func credentials() async throws(CredentialsError) -> Credentials {
    let service = try service.get()
    do {
      let credentials = try await service.credentials()
      last.value = credentials
      return hasExpired(credentials) ? prolonged(credentials) : credentials
    } catch {
      // Only a failure that passes: without a role the old credentials are to be forgotten.
      guard error.reason != nil, let credentials = last.value, hasExpired(credentials) else { throw error.error }
      return prolonged(credentials)
    }
  }

  private func hasExpired(_ credentials: Credentials) -> Bool {
    credentials.expiration.map { $0 <= clock.now() } ?? false
  }

  private func prolonged(_ credentials: Credentials) -> Credentials {
    let seconds = 600 + Int64(clock.random() * 300)
    return Credentials(
      accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
      expiration: SigningTime(secondsSinceEpoch: clock.now().secondsSinceEpoch + seconds))
  }

  private static func endpoint(
    _ environment: any EnvironmentVariables, _ profile: SharedFileSection
  ) throws(CredentialsError) -> String {
    if environment.string("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" {
      throw CredentialsError("the instance metadata service is not asked: AWS_EC2_METADATA_DISABLED is set")
    }
    let endpoint =
      environment.string("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? profile.string("ec2_metadata_service_endpoint")
    if let endpoint { return endpoint }
    let mode =
      environment.string("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")
      ?? profile.string("ec2_metadata_service_endpoint_mode")
    switch mode?.lowercased() {
    case nil, "ipv4": return defaultEndpoint
    case "ipv6": return defaultIPv6Endpoint
    case _?: throw CredentialsError("the mode of the metadata service's endpoint is neither IPv4 nor IPv6")
    }
  }

  private static func url(_ endpoint: String) throws(CredentialsError) -> EndpointURL {
    do {
      return try EndpointURL(endpoint)
    } catch {
      throw CredentialsError("the instance metadata service cannot be asked: \(error)")
    }
  }
}

/// What the service gave last; shared by the copies of a provider.
private final class LastCredentials: Sendable {
  private let stored = Mutex<Credentials?>(nil)

  var value: Credentials? {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
}
