// Sessions of roles.

import KMSAccess
import KMSDomain
import struct FoundationEssentials.Date

/// A session that has just begun, with the token that its requests carry.
struct BegunSession: Sendable {
  let content: OpenedSession
  let token: String
  /// The session's ARN.
  let arn: String
  /// How much of the space for policies and tags is taken, in percent; nil when there are none.
  let packedPolicySize: Int?
  /// The web identity that began it.
  var webIdentity: WebIdentity?
}

extension STSEndpoint {
  /// How long a session lasts when nothing is said, in seconds.
  private static let defaultDuration = 3600
  /// How long a session that another session began may last, in seconds.
  private static let maximumChainedDuration = 3600

  /// Begins a session for somebody with credentials of this service.
  func assumeRole(
    _ input: AssumeRoleInput, _ caller: Caller, _ origin: RequestOrigin
  ) throws(STSFailure) -> BegunSession {
    let role = try role(input.session)
    let denial = { (action: String) in
      STSError.accessDenied(
        "User: \(caller.arn) is not authorized to perform: \(action) on resource: \(input.session.roleARN)")
    }
    if caller.identity.kind == .root, !admitsRoots {
      throw STSFailure(.accessDenied("Roles may not be assumed by root accounts."))
    }
    guard let role else { throw STSFailure(denial("sts:AssumeRole")) }
    let assumption = RoleAssumption(
      .caller(caller.identity), role: role, request: input.request, region: caller.home.region, origin: origin,
      admitsRoots: admitsRoots)
    if case .denied(let action, _) = assumption.decision() { throw STSFailure(denial(action)) }
    let tags = try Self.tags(assumption)
    if let said = input.request.sourceIdentity, said != assumption.sourceIdentity {
      throw STSFailure(denial("sts:SetSourceIdentity"))
    }
    let isChained = if case .assumedRole = caller.identity.kind { true } else { false }
    return try begin(
      input.session, role: role, tags: tags.all, transitiveTagKeys: tags.transitiveKeys,
      sourceIdentity: assumption.sourceIdentity, isChained: isChained)
  }

  /// Whom the token of a web identity proves.
  func identity(_ input: AssumeRoleWithWebIdentityInput) async throws(STSFailure) -> WebIdentity {
    // The account of the role is where its provider must have been declared; whether the role exists comes later.
    guard let arn = PrincipalARN(input.session.roleARN) else { throw STSFailure(Self.invalidRole(input.session)) }
    guard let webIdentities else { throw STSFailure(.noProvider) }
    do {
      return try await webIdentities.verify(
        input.token, in: arn.account, partition: arn.partition, now: now())
    } catch {
      throw STSFailure(STSError(error))
    }
  }

  /// Begins a session for somebody whom an identity provider vouches for.
  func assumeRole(
    _ input: AssumeRoleWithWebIdentityInput, _ identity: WebIdentity, _ origin: RequestOrigin
  ) throws(STSFailure) -> BegunSession {
    let denial = STSError.accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity")
    guard let role = try role(input.session) else { throw STSFailure(denial) }
    let request = SessionRequest(sessionName: input.session.sessionName)
    let assumption = RoleAssumption(
      .webIdentity(identity), role: role, request: request, region: region, origin: origin)
    guard assumption.decision() == .allowed else { throw STSFailure(denial) }
    var session = try begin(input.session, role: role, webIdentity: identity)
    session.webIdentity = identity
    return session
  }

  // MARK: Steps

  /// The role of a request; nil when there is none.
  private func role(_ input: RoleSessionInput) throws(STSFailure) -> Role? {
    guard PrincipalARN(input.roleARN) != nil else { throw STSFailure(Self.invalidRole(input)) }
    return directory.current.role(arn: input.roleARN)
  }

  private static func invalidRole(_ input: RoleSessionInput) -> STSError {
    .validation("\(input.roleARN) is invalid")
  }

  /// The new session's tags: those that are handed on, which stay as they are, and those that are passed.
  private static func tags(
    _ assumption: RoleAssumption
  ) throws(STSFailure) -> (all: [Tag], transitiveKeys: [String]) {
    let inherited = assumption.inheritedTags
    let fixed = Set(inherited.map { $0.key.lowercased() })
    guard !assumption.request.tags.contains(where: { fixed.contains($0.key.lowercased()) }) else {
      throw STSFailure(
        .invalidParameter(
          "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from "
            + "the calling session."))
    }
    return (
      all: inherited + assumption.request.tags,
      transitiveKeys: inherited.map(\.key) + assumption.request.transitiveTagKeys
    )
  }

  private func begin(
    _ input: RoleSessionInput, role: Role, tags: [Tag] = [], transitiveTagKeys: [String] = [],
    sourceIdentity: String? = nil, isChained: Bool = false, webIdentity: WebIdentity? = nil
  ) throws(STSFailure) -> BegunSession {
    let record = role.record
    let duration = try Self.duration(input, of: record, isChained: isChained)
    let size = PackedSize(
      policy: input.policy, tags: tags, transitiveTagKeys: transitiveTagKeys, claims: webIdentity?.claims ?? [:])
    let accessKey = TemporaryAccessKey()
    let issueTime = Date(timeIntervalSince1970: now().timeIntervalSince1970.rounded(.down))
    let content: OpenedSession
    do {
      content = try OpenedSession(
        accessKeyID: accessKey.id, secretAccessKey: accessKey.secret, roleARN: input.roleARN, roleID: record.id,
        sessionName: input.sessionName, issueTime: issueTime,
        expiry: issueTime.addingTimeInterval(Double(duration)), sessionPolicyText: input.policy, tags: tags,
        transitiveTagKeys: transitiveTagKeys, sourceIdentity: sourceIdentity,
        federatedProvider: webIdentity?.providerARN, claims: webIdentity?.claims ?? [:])
    } catch {
      throw STSFailure(.malformedPolicy(error))
    }
    if let tooLarge = size.refusal { throw STSFailure(tooLarge) }
    let token: String
    do {
      token = try tokens.seal(content)
    } catch {
      throw STSFailure(.internalFailure, cause: error)
    }
    return BegunSession(
      content: content, token: token, arn: record.sessionARN(named: input.sessionName),
      packedPolicySize: input.policy == nil && tags.isEmpty ? nil : size.percentage)
  }

  private static func duration(
    _ input: RoleSessionInput, of record: Principal, isChained: Bool
  ) throws(STSFailure) -> Int {
    guard let duration = input.duration else { return min(defaultDuration, record.maximumSessionDuration) }
    guard duration <= record.maximumSessionDuration else {
      throw STSFailure(
        .validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role."))
    }
    guard !isChained || duration <= maximumChainedDuration else {
      throw STSFailure(
        .validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."))
    }
    return duration
  }
}
