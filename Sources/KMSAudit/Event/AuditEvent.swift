// What happened: one request, or one thing the service did by itself, in the words of CloudTrail.

import AWSJSON
public import KMSAccess
public import KMSDomain

/// A record of the audit trail before it is written: CloudTrail's record, version 1.11.
public struct AuditEvent: Sendable {
  /// Who did it.
  public enum Actor: Sendable {
    /// A principal, by the access key it signed with.
    case principal(CallerIdentity, accessKeyID: String)
    /// Somebody whom an identity provider vouches for, before a session begins.
    case webIdentity(WebIdentityUser)
    /// A principal of another account, of whom the owner of what it used learns no more.
    case otherAccount(AccountID, principalID: String)
    /// The service itself, in this account.
    case service(AccountID)
  }

  /// Which API was called.
  public enum Source: String, Sendable {
    case kms = "kms.amazonaws.com"
    case sts = "sts.amazonaws.com"
  }

  /// Something that was acted on.
  public struct Resource: Hashable, Sendable {
    /// What sort of thing it is.
    public enum Kind: String, Sendable {
      case key = "AWS::KMS::Key"
      case alias = "AWS::KMS::Alias"
      case role = "AWS::IAM::Role"
    }

    /// Its ARN.
    public let arn: String
    /// Its owner.
    public let account: AccountID
    /// What sort of thing it is.
    public let kind: Kind

    /// Puts the three together.
    public init(arn: String, account: AccountID, kind: Kind = .key) {
      self.arn = arn
      self.account = account
      self.kind = kind
    }
  }

  /// Somebody whom an identity provider vouches for.
  public struct WebIdentityUser: Hashable, Sendable {
    /// The provider's ARN, the audience and the subject, with colons between them.
    public let principalID: String
    /// The subject.
    public let userName: String
    /// The provider's ARN.
    public let identityProvider: String

    /// Puts the three together.
    public init(principalID: String, userName: String, identityProvider: String) {
      self.principalID = principalID
      self.userName = userName
      self.identityProvider = identityProvider
    }
  }

  /// Why a request was refused.
  public struct Refusal: Hashable, Sendable {
    /// The error's name in the API, such as `AccessDeniedException`.
    public let code: String
    /// What the caller was told; nil for the errors without text.
    public let message: String?

    /// Pairs the two.
    public init(code: String, message: String?) {
      self.code = code
      self.message = message
    }
  }

  /// Who did it.
  public internal(set) var actor: Actor
  /// When, in seconds since 1970.
  public let time: Double
  /// Which API was called.
  public let source: Source
  /// The operation, or what the service did, such as `RotateKey`.
  public let name: String
  /// The Region that was called.
  public let region: Region
  /// The caller's IP address; nil for a caller in this process.
  public let sourceIPAddress: String?
  /// The caller's `User-Agent` header.
  public let userAgent: String?
  /// The `Host` header of a request that came over TLS.
  public let tlsHost: String?
  /// The TLS version of a request that came over TLS, such as `TLSv1.3`.
  public let tlsVersion: String?
  /// The id in the answer; nil for what the service did by itself.
  public let requestID: String?
  /// The record's own id, a UUID.
  public internal(set) var eventID: String
  /// What the records of one request in the trails of several accounts have in common; nil when there is only one.
  public internal(set) var sharedEventID: String?
  /// The account in whose trail the record is.
  public internal(set) var recipientAccount: AccountID
  /// Whether the operation changes nothing.
  public var isReadOnly: Bool
  /// Why the request was refused; nil when it was not.
  public var refusal: Refusal?
  /// The parameters as one JSON text; nil for none.
  public var requestParameters: [UInt8]?
  /// The answer as one JSON text; nil for none.
  public var responseElements: [UInt8]?
  /// More about the event, in this order.
  public var additionalEventData: [(name: String, value: String)]
  /// The attested recipient of the answer, `recipient` among the additional data; empty for none.
  public var recipient: [(name: String, value: String)] = []
  /// What was acted on.
  public var resources: [Resource]

  /// Puts the record of a request together.
  ///
  /// - Parameters:
  ///   - identity: who asked.
  ///   - accessKeyID: the access key that signed.
  ///   - requestID: the id in the answer.
  ///   - origin: how the request came.
  ///   - source: which API was called.
  ///   - name: the operation.
  ///   - region: the Region that was called.
  ///   - isReadOnly: whether the operation changes nothing.
  public init(
    _ identity: CallerIdentity, accessKeyID: String, requestID: String, origin: RequestOrigin, source: Source = .kms,
    name: String, region: Region, isReadOnly: Bool
  ) {
    self.init(
      .principal(identity, accessKeyID: accessKeyID), account: identity.account, requestID: requestID, origin: origin,
      source: source, name: name, region: region, isReadOnly: isReadOnly)
  }

  /// Puts the record of a request to STS together that a web identity made, to begin a session in `account`.
  public init(
    webIdentity user: WebIdentityUser, account: AccountID, requestID: String, origin: RequestOrigin, name: String,
    region: Region
  ) {
    self.init(
      .webIdentity(user), account: account, requestID: requestID, origin: origin, source: .sts, name: name,
      region: region, isReadOnly: false)
  }

  private init(
    _ actor: Actor, account: AccountID, requestID: String, origin: RequestOrigin, source: Source, name: String,
    region: Region, isReadOnly: Bool
  ) {
    self.actor = actor
    time = origin.time
    self.source = source
    self.name = name
    self.region = region
    sourceIPAddress = origin.sourceIP
    userAgent = origin.userAgent
    tlsHost = origin.isSecure ? origin.host : nil
    tlsVersion = origin.isSecure ? origin.tlsVersion : nil
    self.requestID = requestID
    eventID = RandomUUID.text()
    recipientAccount = account
    self.isReadOnly = isReadOnly
    refusal = nil
    requestParameters = nil
    responseElements = nil
    additionalEventData = []
    resources = []
  }

  /// Puts the record of a caller's request together.
  public init(_ caller: Caller, source: Source = .kms, name: String, isReadOnly: Bool) {
    self.init(
      caller.identity, accessKeyID: caller.accessKeyID, requestID: caller.requestID, origin: caller.origin,
      source: source, name: name, region: caller.home.region, isReadOnly: isReadOnly)
  }

  /// Puts the record of something together that the service did by itself, such as `DeleteKey` or `RotateKey`.
  ///
  /// - Parameters:
  ///   - name: what it did.
  ///   - home: whose it was, and where.
  ///   - time: when, in seconds since 1970.
  ///   - resources: what was acted on.
  public init(serviceEvent name: String, in home: AccountRegion, time: Double, resources: [Resource]) {
    actor = .service(home.account)
    self.time = time
    source = .kms
    self.name = name
    region = home.region
    sourceIPAddress = nil
    userAgent = nil
    tlsHost = nil
    tlsVersion = nil
    requestID = nil
    eventID = RandomUUID.text()
    recipientAccount = home.account
    isReadOnly = false
    refusal = nil
    requestParameters = nil
    responseElements = nil
    additionalEventData = []
    self.resources = resources
  }
}
