// From what requests leave behind to the records of the audit trail.

import AWSJSON
public import KMSAccess
public import KMSAudit
public import KMSDomain
import KMSModel
import KMSOperations

extension AuditEvent {
  /// The records of a KMS operation, performed or refused: the caller's first, then those of other accounts whose keys
  /// it was allowed to use, then those of what it made the service do.
  static func records(
    _ operation: KMSOperation, _ record: RequestRecord, by caller: Caller, refused error: ErrorAnswer?
  ) -> [AuditEvent] {
    let event = AuditEvent(operation, record, by: caller, refused: error)
    // Who is denied is the business of its own account alone.
    let isAllowed = record.decided.allSatisfy { $0.decision.isAllowed }
    let records = event.shared(with: isAllowed ? event.resources.map(\.account) : [])
    return error == nil ? records + consequences(of: operation, record, caller) : records
  }

  /// The record of a KMS operation, performed or refused.
  private init(_ operation: KMSOperation, _ record: RequestRecord, by caller: Caller, refused error: ErrorAnswer?) {
    self.init(caller, name: operation.rawValue, isReadOnly: operation.isReadOnly)
    // CloudTrail says nothing of the parameters of GenerateRandom.
    requestParameters = operation == .generateRandom || record.parameters == Self.noMembers ? nil : record.parameters
    refusal = error.map { Refusal(code: $0.code, message: $0.message.flatMap(Self.withoutTokens)) }
    if error == nil { responseElements = record.answer }
    for decided in record.decided {
      guard let resource = Resource(decided.demand), !resources.contains(resource) else { continue }
      resources.append(resource)
    }
    if let arn = record.madeKeyARN { resources.append(Resource(arn: arn, account: caller.home.account)) }
    recipient = record.recipient
    if let id = record.keyMaterialID { additionalEventData.append(("keyMaterialId", id)) }
    for decided in record.decided {
      // A grant token, by which most grants are retired, is not in the parameters.
      if case .grant(let grant, _) = decided.demand.resource { additionalEventData.append(("grantId", grant.id)) }
    }
    let stores = record.decided.compactMap { decided in
      if case .key(let key) = decided.demand.resource { key.record.customKeyStoreID } else { nil }
    }
    if let id = stores.first { additionalEventData.append(("customKeyStoreId", id)) }
  }

  private static let noMembers = Array("{}".utf8)

  /// The records of a request to STS: the caller's first, then that of the account whose role it assumed. None when
  /// nobody is known to have made it: a token that proves nobody is like a signature that does not.
  static func records(
    _ event: STSEvent, by caller: Caller?, at region: Region, _ origin: RequestOrigin, requestID: String
  ) -> [AuditEvent] {
    guard let record = AuditEvent(event, by: caller, at: region, origin, requestID: requestID) else { return [] }
    return record.shared(with: record.refusal == nil ? record.resources.map(\.account) : [])
  }

  /// The record of a request to STS. Nil when nobody is known to have made it.
  private init?(
    _ event: STSEvent, by caller: Caller?, at region: Region, _ origin: RequestOrigin, requestID: String
  ) {
    let isReadOnly = event.eventName == STSRequest.getCallerIdentity.eventName
    if let caller {
      self.init(caller, source: .sts, name: event.eventName, isReadOnly: isReadOnly)
    } else if let user = event.webIdentity, let account = event.resources.first.flatMap({ AccountID($0.account) }) {
      self.init(
        webIdentity: AuditEvent.WebIdentityUser(
          principalID: user.principalID, userName: user.userName, identityProvider: user.identityProvider),
        account: account, requestID: requestID, origin: origin, name: event.eventName, region: region)
    } else {
      return nil
    }
    requestParameters = event.requestParameters.map(Self.encoded)
    refusal = event.refusal.map { Refusal(code: $0.code, message: $0.message) }
    if refusal == nil { responseElements = event.responseElements.map(Self.encoded) }
    resources = event.resources.compactMap { resource in
      AccountID(resource.account).map { Resource(arn: resource.arn, account: $0, kind: .role) }
    }
  }

  /// The text of an error; nil when it repeats a token to the caller, as KMS does when one breaks a constraint. Whoever
  /// has a token can use it, so no record has one.
  private static func withoutTokens(_ message: String) -> String? {
    ["'grantToken", "'importToken"].contains { message.contains($0) } ? nil : message
  }

  /// The record that begins a trail whose predecessor was lost.
  public init(lossOfTrailIn home: AccountRegion, time: Double) {
    self.init(serviceEvent: "AuditTrailLost", in: home, time: time, resources: [])
    additionalEventData = [
      ("reason", "the records of an earlier trail and its head in the store were gone when the service started")
    ]
  }

  /// The record of a change of who there is, which another process made in the store.
  public init(_ change: IdentityChange, at region: Region, time: Double) {
    self.init(
      serviceEvent: change.name.rawValue, in: AccountRegion(account: change.account, region: region), time: time,
      resources: [])
    additionalEventData = [("principalArn", change.principalARN)]
    if let id = change.accessKeyID { additionalEventData.append(("accessKeyId", id)) }
  }

  private static func encoded(_ members: [String: JSONValue]) -> [UInt8] {
    var writer = JSONWriter()
    writer.document(.object(members))
    return writer.finish()
  }
}

extension AuditEvent.Resource {
  /// What a demand was about; nil for what has no ARN.
  fileprivate init?(_ demand: AccessDemand) {
    switch demand.resource {
    case .account, .principal, .missing: return nil
    case .key(let key), .grant(_, let key): self.init(arn: key.arn, account: key.record.home.account)
    case .alias(let name, let home): self.init(arn: home.aliasARN(name), account: home.account, kind: .alias)
    }
  }
}
