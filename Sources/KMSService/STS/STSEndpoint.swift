// STS: who am I, and sessions of roles.

import AWSSigV4
public import KMSAccess
public import KMSDomain
public import struct FoundationEssentials.Date

/// Answers the actions of STS that this service has.
public struct STSEndpoint: Sendable {
  let directory: IdentityDirectory
  let tokens: SessionTokens
  let webIdentities: (any WebIdentityVerifying)?
  let region: Region
  let admitsRoots: Bool
  let now: @Sendable () -> Date

  /// Puts the endpoint together.
  ///
  /// - Parameters:
  ///   - directory: where roles are found.
  ///   - tokens: what makes session tokens.
  ///   - webIdentities: what checks the tokens of web identities; nil when no identity provider is believed.
  ///   - region: the Region of requests that carry no signature and therefore name none.
  ///   - admitsRoots: whether an account's root may assume roles; for development only.
  ///   - now: the service's clock.
  public init(
    directory: IdentityDirectory, tokens: SessionTokens, webIdentities: (any WebIdentityVerifying)? = nil,
    region: Region, admitsRoots: Bool = false, now: @escaping @Sendable () -> Date
  ) {
    self.directory = directory
    self.tokens = tokens
    self.webIdentities = webIdentities
    self.region = region
    self.admitsRoots = admitsRoots
    self.now = now
  }

  /// Answers a form.
  ///
  /// - Parameters:
  ///   - caller: who signed; nil only if the form needs no signature.
  ///   - origin: how the request came.
  func respond(
    to form: STSForm, from caller: Caller?, _ origin: RequestOrigin, _ id: RequestID
  ) async -> STSAnswer {
    let request: STSRequest
    do {
      request = try STSRequest(try form.fields())
    } catch {
      // What cannot be decoded is recorded too, but without its parameters.
      var event = STSEvent(eventName: form.action ?? STSEvent.unknownAction, requestParameters: nil)
      return .refused(STSFailure(error), &event, id)
    }
    switch request {
    case .getCallerIdentity:
      var event = STSEvent(eventName: request.eventName, requestParameters: nil)
      guard let caller else { return .refused(STSFailure(Self.unsigned), &event, id) }
      return STSAnswer(response: .callerIdentity(caller, id), event: event)
    case .assumeRole(let input):
      var event = STSEvent(eventName: request.eventName, requestParameters: input.auditParameters)
      event.resources = Self.resources(input.session)
      guard let caller else { return .refused(STSFailure(Self.unsigned), &event, id) }
      do {
        return .begun(try assumeRole(input, caller, origin), &event, id)
      } catch {
        return .refused(error, &event, id)
      }
    case .assumeRoleWithWebIdentity(let input):
      var event = STSEvent(eventName: request.eventName, requestParameters: input.auditParameters)
      event.resources = Self.resources(input.session)
      do {
        let identity = try await identity(input)
        event.webIdentity = STSEvent.WebIdentityUser(identity)
        return .begun(try assumeRole(input, identity, origin), &event, id)
      } catch {
        return .refused(error, &event, id)
      }
    }
  }

  /// The answer to an action that needs a signature and has none: nothing gets here like that.
  private static let unsigned = STSError(ErrorAnswer(.missingAuthenticationToken))

  private static func resources(_ input: RoleSessionInput) -> [STSEvent.Resource] {
    guard let arn = PrincipalARN(input.roleARN) else { return [] }
    return [STSEvent.Resource(arn: input.roleARN, account: arn.account.description, type: "AWS::IAM::Role")]
  }
}
