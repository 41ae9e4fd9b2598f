// Finds out who sent a request.

public import AWSSigV4
public import KMSDomain
import SecureMemory
import Synchronization

/// Turns a signed request into a ``Caller``, or refuses it with AWS's own reason.
public final class Authenticator: Sendable {
  /// Whom to believe.
  public enum Mode: Sendable {
    /// Every request is signed by one of these principals, for one of these Regions.
    case verifying([SigningPrincipal], regions: Set<Region>)
    /// For development: the `Authorization` header is read but nothing in it is checked. The caller is the root of
    /// `account`, or of the account whose 12 digits are the access key id.
    case trusting(account: AccountID)
  }

  private enum State: Sendable {
    case verifying([String: SigningPrincipal], regions: [String: Region])
    case trusting(account: AccountID)
  }

  private let state: State
  private let signingKeys = SigningKeyCache()

  /// Makes an authenticator.
  public init(_ mode: Mode) {
    switch mode {
    case .verifying(let principals, let regions):
      state = .verifying(
        Dictionary(principals.map { ($0.accessKeyID, $0) }) { _, last in last },
        regions: Dictionary(uniqueKeysWithValues: regions.map { ($0.description, $0) }))
    case .trusting(let account):
      state = .trusting(account: account)
    }
  }

  /// Authenticates `request`, which has the id `requestID`, for the service `service` (`kms` or `sts`).
  public func authenticate(
    _ request: SignableRequest, requestID: String, service: String, now: SigningTime
  ) throws(SignatureError) -> Caller {
    switch state {
    case .verifying(let principals, let regions):
      try verify(request, requestID, service, now, principals, regions)
    case .trusting(let account):
      try trust(request, requestID, account)
    }
  }

  private func verify(
    _ request: SignableRequest, _ requestID: String, _ service: String, _ now: SigningTime,
    _ principals: [String: SigningPrincipal], _ regions: [String: Region]
  ) throws(SignatureError) -> Caller {
    let signed = try SignedRequest(parsing: request)
    guard signed.form == .header else { throw .presignedRequest }
    let checked = try signed.checked(service: service, now: now) { regions[$0] != nil }
    // Nobody has temporary credentials yet, so a session token belongs to no key of ours.
    guard let region = regions[signed.scope.region], signed.sessionToken == nil,
      let principal = principals[signed.accessKeyID]
    else { throw .unrecognizedClient }
    let key = signingKeys.key(
      accessKeyID: principal.accessKeyID, secret: principal.secretAccessKey, scope: signed.scope)
    _ = try checked.verified(with: key)
    return Caller(
      arn: principal.arn, home: AccountRegion(account: principal.account, region: region),
      accessKeyID: principal.accessKeyID, requestID: requestID)
  }

  private func trust(_ request: SignableRequest, _ requestID: String, _ account: AccountID) throws(SignatureError)
    -> Caller
  {
    let authorization = try AuthorizationHeader(in: request.headers)
    guard let region = Region(authorization.scope.region) else { throw .wrongRegion(authorization.scope.region) }
    let account = AccountID(authorization.accessKeyID) ?? account
    return Caller(
      arn: "arn:\(region.partition):iam::\(account):root", home: AccountRegion(account: account, region: region),
      accessKeyID: authorization.accessKeyID, requestID: requestID)
  }
}
