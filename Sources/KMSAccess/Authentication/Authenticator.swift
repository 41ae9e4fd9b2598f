// Finds out who sent a request.

public import AWSSigV4
public import KMSDomain
import SecureMemory
import struct FoundationEssentials.Date

/// Turns a signed request into a ``Caller``, or refuses it with AWS's own reason.
public final class Authenticator: Sendable {
  /// Whom to believe.
  public enum Mode: Sendable {
    /// Every request is signed by a user of the directory, or a session of one of its roles, for one of these Regions.
    case verifying(IdentityDirectory, sessions: SessionIdentities, regions: Set<Region>)
    /// For development: the `Authorization` header is read but nothing in it is checked. The caller is the root of
    /// `account`, or of the account whose 12 digits are the access key id.
    case trusting(account: AccountID)
  }

  /// What a request must be signed for.
  public struct Scope: Sendable {
    /// The service's signing name, `kms` or `sts`.
    public let service: String
    /// Whether the signature may stand in the query.
    public let admitsPresigning: Bool

    /// Pairs the two.
    public init(service: String, admitsPresigning: Bool) {
      self.service = service
      self.admitsPresigning = admitsPresigning
    }
  }

  private enum State: Sendable {
    case verifying(IdentityDirectory, SessionIdentities, regions: [String: Region])
    case trusting(account: AccountID)
  }

  private let state: State
  private let signingKeys = SigningKeyCache()

  /// Makes an authenticator.
  public init(_ mode: Mode) {
    switch mode {
    case .verifying(let directory, let sessions, let regions):
      state = .verifying(
        directory, sessions, regions: Dictionary(uniqueKeysWithValues: regions.map { ($0.description, $0) }))
    case .trusting(let account):
      state = .trusting(account: account)
    }
  }

  /// Authenticates `request`, which has the id `requestID` and came as `origin` says.
  public func authenticate(
    _ request: SignableRequest, for scope: Scope, requestID: String, origin: RequestOrigin
  ) throws(SignatureError) -> Caller {
    // Before anything in the query is read: whoever mends what is wrong there would be refused all the same.
    guard scope.admitsPresigning || request.signatureForm != .query else { throw .presignedRequest }
    switch state {
    case .verifying(let directory, let sessions, let regions):
      let signed = try SignedRequest(parsing: request)
      let now = SigningTime(secondsSinceEpoch: Int64(origin.time))
      let checked = try signed.checked(service: scope.service, now: now) { regions[$0] != nil }
      guard let region = regions[signed.scope.region] else { throw .wrongRegion(signed.scope.region) }
      let (identity, secret) = try signer(of: signed, directory, sessions, now: origin.time)
      let key = signingKeys.key(accessKeyID: signed.accessKeyID, secret: secret, scope: signed.scope)
      _ = try checked.verified(with: key)
      return Caller(
        identity: identity, home: AccountRegion(account: identity.account, region: region),
        accessKeyID: signed.accessKeyID, requestID: requestID, origin: origin)
    case .trusting(let account):
      return try trust(request, scope, requestID, origin, account)
    }
  }

  /// Drops the signing keys that were derived from secrets. Call it when access keys have changed, so that nothing of
  /// those that are gone lingers.
  public func forgetSigningKeys() {
    signingKeys.removeAll()
  }

  /// Who says to have signed, with the secret that tells whether it is true.
  private func signer(
    of signed: SignedRequest, _ directory: IdentityDirectory, _ sessions: SessionIdentities, now: Double
  ) throws(SignatureError) -> (CallerIdentity, SecretBytes) {
    if let token = signed.sessionToken {
      // Sessions are kept by the text of their tokens. Only with ASCII do equal texts have equal bytes.
      guard token.utf8.allSatisfy({ $0 < 0x80 }) else { throw .unrecognizedClient }
      let session = try sessions.session(
        token, accessKeyID: signed.accessKeyID, now: Date(timeIntervalSince1970: now))
      return (session.identity, session.secret)
    }
    guard let key = directory.current.accessKey(signed.accessKeyID), key.isActive else {
      throw .unrecognizedClient
    }
    return (key.identity, key.secret)
  }

  private func trust(
    _ request: SignableRequest, _ scope: Scope, _ requestID: String, _ origin: RequestOrigin, _ account: AccountID
  ) throws(SignatureError) -> Caller {
    let (accessKeyID, regionName) = try Self.claim(in: request, admitsPresigning: scope.admitsPresigning)
    guard let region = Region(regionName) else { throw .wrongRegion(regionName) }
    let account = AccountID(accessKeyID) ?? account
    return Caller(
      identity: .root(of: account, partition: region.partition), home: AccountRegion(account: account, region: region),
      accessKeyID: accessKeyID, requestID: requestID, origin: origin)
  }

  /// Who a request says has signed it, and for which Region.
  private static func claim(
    in request: SignableRequest, admitsPresigning: Bool
  ) throws(SignatureError) -> (accessKeyID: String, region: String) {
    do {
      let authorization = try AuthorizationHeader(in: request.headers)
      return (authorization.accessKeyID, authorization.scope.region)
    } catch .missingAuthenticationToken where admitsPresigning {
      let presigned = try SignedRequest(parsing: request)
      return (presigned.accessKeyID, presigned.scope.region)
    }
  }
}
