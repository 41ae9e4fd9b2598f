// The temporary credentials of a role, in exchange for a token of an identity provider.

public import AWSJSON
public import AWSSigV4
internal import SecureMemory

/// Credentials of a role that the bearer of an OpenID Connect token may assume (STS `AssumeRoleWithWebIdentity`): of a
/// Kubernetes service account, for example.
///
/// Every call asks STS: put a ``CachingCredentialsProvider`` around it. The token is read from its file every time,
/// because whoever puts it there renews it.
public struct WebIdentityCredentialsProvider: CredentialsProvider {
  private let client: STSClient
  private let roleARN: String
  private let sessionName: String
  private let tokenFile: String

  /// Makes a provider. Nothing is checked here: what is not valid is an error of ``credentials()``.
  ///
  /// - Parameters:
  ///   - roleARN: the role, `arn:aws:iam::111122223333:role/app`.
  ///   - sessionName: what the session is called in audit trails, 2 to 64 of `A-Za-z0-9_+=,.@-`.
  ///   - tokenFile: the path of the file with the token.
  ///   - region: the Region whose STS is asked.
  ///   - endpointURL: the URL of an STS of one's own; nil for AWS's.
  ///   - transport: what carries the requests; nil for the one that all providers share.
  public init(
    roleARN: String, sessionName: String, tokenFile: String, region: String, endpointURL: String? = nil,
    transport: (any Transport)? = nil
  ) {
    self.init(
      roleARN: roleARN, sessionName: sessionName, tokenFile: tokenFile,
      client: STSClient(region: region, endpointURL: endpointURL, transport: transport))
  }

  init(roleARN: String, sessionName: String, tokenFile: String, client: STSClient) {
    self.client = client
    self.roleARN = roleARN
    self.sessionName = sessionName
    self.tokenFile = tokenFile
  }

  /// New credentials of the role, valid for as long as STS gives them unasked: an hour.
  ///
  /// - Throws: `CredentialsError` when the token cannot be read, or with STS's code and text.
  public func credentials() async throws(CredentialsError) -> Credentials {
    var token = try TokenFile.content(of: tokenFile)
    defer { SecretBytes.wipe(&token) }
    // A line's end is no part of a token; those who write the file by hand leave one.
    let end = token.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
    guard end > 0 else { throw CredentialsError("the web identity token in \(tokenFile) is empty") }
    var form = STSForm(action: "AssumeRoleWithWebIdentity", secretCount: end)
    defer { form.wipe() }
    form.append("RoleArn", roleARN)
    form.append("RoleSessionName", sessionName)
    form.append("WebIdentityToken", bytes: token[..<end])
    // The start is enough to find the token in an error, and in a JWT not secret.
    let mark = String(decoding: token[..<min(end, 16)], as: UTF8.self)
    return try await client.credentials(form, signedWith: nil, hiding: [mark])
  }
}
