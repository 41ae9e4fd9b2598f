// Who is asking, proved.

public import KMSDomain

/// Evidence of an authenticated request. Only the ``Authenticator`` can make one.
public struct Caller: Sendable {
  /// The principal's ARN, such as `arn:aws:iam::123456789012:user/alice`.
  public let arn: String
  /// The principal's account and the Region called: where bare key ids and alias names are looked up.
  public let home: AccountRegion
  /// The access key that signed.
  public let accessKeyID: String
  /// The id of the request, by which it is found again in logs and answers.
  public let requestID: String

  /// The unique id that STS reports: the account for its root, the access key id for others.
  public var userID: String { arn.hasSuffix(":root") ? home.account.description : accessKeyID }

  init(arn: String, home: AccountRegion, accessKeyID: String, requestID: String) {
    self.arn = arn
    self.home = home
    self.accessKeyID = accessKeyID
    self.requestID = requestID
  }
}
