// Who is asking, proved.

public import KMSDomain

/// Evidence of an authenticated request. Only the ``Authenticator`` can make one.
public struct Caller: Sendable {
  /// Who it is.
  public let identity: CallerIdentity
  /// The principal's account and the Region called: where bare key ids and alias names are looked up.
  public let home: AccountRegion
  /// The access key that signed.
  public let accessKeyID: String
  /// The id of the request, by which it is found again in logs and answers.
  public let requestID: String
  /// How the request came.
  public let origin: RequestOrigin

  /// The principal's ARN, such as `arn:aws:iam::123456789012:user/alice`.
  public var arn: String { identity.arn }
  /// The unique id that STS reports.
  public var userID: String { identity.userID }

  init(
    identity: CallerIdentity, home: AccountRegion, accessKeyID: String, requestID: String, origin: RequestOrigin
  ) {
    self.identity = identity
    self.home = home
    self.accessKeyID = accessKeyID
    self.requestID = requestID
    self.origin = origin
  }
}
