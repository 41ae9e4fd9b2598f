// A session of a role, as its session token tells it.

public import KMSDomain
public import SecureMemory
public import struct FoundationEssentials.Date

/// What a session token holds: who the session is, the secret that its requests are signed with, and what narrows it.
///
/// It says what was decided when the role was assumed. Whether the session is still good is decided at each use: the
/// clock and the role are looked at then.
public final class OpenedSession: Sendable {
  /// The temporary access key's id, `ASIA…`.
  public let accessKeyID: String
  /// The temporary secret access key.
  public let secretAccessKey: SecretBytes
  /// The role's ARN, path included.
  public let roleARN: String
  /// The role's unique id, `AROA…`: a role that was made again under its old name has another.
  public let roleID: String
  /// The session's name.
  public let sessionName: String
  /// When the session began.
  public let issueTime: Date
  /// When it ends: from then on its token is expired.
  public let expiry: Date
  /// The text of the session policy.
  public let sessionPolicyText: String?
  /// The session policy: what the session may do at most.
  public let sessionPolicy: IdentityPolicy?
  /// The session's own tags, inherited ones included.
  public let tags: [Tag]
  /// The keys of those tags that go on to sessions begun from this one.
  public let transitiveTagKeys: [String]
  /// Who is behind the session.
  public let sourceIdentity: String?
  /// The ARN of the identity provider of a web identity.
  public let federatedProvider: String?
  /// The claims of a web identity, by the condition keys that ask for them: `accounts.google.com:sub`.
  public let claims: [String: [String]]

  /// Puts a session together.
  ///
  /// - Throws: when the session policy is none.
  public init(
    accessKeyID: String, secretAccessKey: SecretBytes, roleARN: String, roleID: String, sessionName: String,
    issueTime: Date, expiry: Date, sessionPolicyText: String? = nil, tags: [Tag] = [],
    transitiveTagKeys: [String] = [], sourceIdentity: String? = nil, federatedProvider: String? = nil,
    claims: [String: [String]] = [:]
  ) throws(PolicyError) {
    var sessionPolicy: IdentityPolicy?
    if let sessionPolicyText { sessionPolicy = try IdentityPolicy(sessionPolicyText) }
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.roleARN = roleARN
    self.roleID = roleID
    self.sessionName = sessionName
    self.issueTime = issueTime
    self.expiry = expiry
    self.sessionPolicyText = sessionPolicyText
    self.sessionPolicy = sessionPolicy
    self.tags = tags
    self.transitiveTagKeys = transitiveTagKeys
    self.sourceIdentity = sourceIdentity
    self.federatedProvider = federatedProvider
    self.claims = claims
  }
}
