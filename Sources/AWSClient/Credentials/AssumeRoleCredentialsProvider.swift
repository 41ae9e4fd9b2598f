// The temporary credentials of a role, in exchange for other credentials.

public import AWSJSON
public import AWSSigV4

/// Credentials of a role that the credentials of another provider may assume (STS `AssumeRole`).
///
/// Every call asks STS: put a ``CachingCredentialsProvider`` around it. The source is asked every time, so that it may
/// have temporary credentials itself.
public struct AssumeRoleCredentialsProvider: CredentialsProvider {
  private let source: any CredentialsProvider
  private let client: STSClient
  private let roleARN: String
  private let sessionName: String
  private let externalID: String?
  private let duration: Duration
  private let policy: String?

  /// Makes a provider. Nothing is checked here: what is not valid is an error of ``credentials()``.
  ///
  /// - Parameters:
  ///   - roleARN: the role, `arn:aws:iam::111122223333:role/app`.
  ///   - sessionName: what the session is called in audit trails, 2 to 64 of `A-Za-z0-9_+=,.@-`.
  ///   - source: gives the credentials that the request to STS is signed with.
  ///   - region: the Region whose STS is asked.
  ///   - externalID: what the role's trust policy wants to be told, if it does.
  ///   - duration: how long the credentials shall be valid; whole seconds from 900, at most what the role allows.
  ///   - policy: a JSON policy that narrows what the session may do.
  ///   - endpointURL: the URL of an STS of one's own; nil for AWS's.
  ///   - transport: what carries the requests; nil for the one that all providers share.
  public init(
    roleARN: String, sessionName: String, source: any CredentialsProvider, region: String, externalID: String? = nil,
    duration: Duration = .seconds(3600), policy: String? = nil, endpointURL: String? = nil,
    transport: (any Transport)? = nil
  ) {
    self.init(
      roleARN: roleARN, sessionName: sessionName, source: source,
      client: STSClient(region: region, endpointURL: endpointURL, transport: transport), externalID: externalID,
      duration: duration, policy: policy)
  }

  init(
    roleARN: String, sessionName: String, source: any CredentialsProvider, client: STSClient, externalID: String?,
    duration: Duration, policy: String? = nil
  ) {
    self.source = source
    self.client = client
    self.roleARN = roleARN
    self.sessionName = sessionName
    self.externalID = externalID
    self.duration = duration
    self.policy = policy
  }

  /// New credentials of the role, valid for as long as was asked for.
  ///
  /// - Throws: the source's error, or one with STS's code and text.
  public func credentials() async throws(CredentialsError) -> Credentials {
    let signer = try await source.credentials()
    var form = STSForm(action: "AssumeRole")
    form.append("RoleArn", roleARN)
    form.append("RoleSessionName", sessionName)
    form.append("DurationSeconds", String(duration.components.seconds))
    form.append("ExternalId", externalID)
    form.append("Policy", policy)
    return try await client.credentials(form, signedWith: signer, hiding: signer.sessionToken.map { [$0] } ?? [])
  }
}
