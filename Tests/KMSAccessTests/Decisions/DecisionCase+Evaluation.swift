// From a row to a request, and to what is decided on it.

import Foundation
import KMSDomain
import Testing

@testable import KMSAccess

extension DecisionCase {
  /// What the authorizer decides, and what the caller is told if it is refused.
  func decide() async throws -> (decision: AccessDecision, message: String?) {
    let (caller, demand) = (try knownCaller(), try demand())
    let authorizer = Authorizer(facts: CaseFacts(grants: try knownGrants(), row: self))
    var decided: [DecidedDemand] = []
    var refusal: Fault?
    do throws(Fault) {
      _ = try await authorizer.authorize(
        DemandItself.self, caller, demand, on: (), recipientAttestation: request.recipientAttestation, decided: &decided
      )
    } catch {
      refusal = error
    }
    // What is thrown must be the decision: no decision at all is nobody's permission.
    let decision = try #require(decided.first?.decision)
    #expect(decided.count == 1)
    #expect(decision.isAllowed == (refusal == nil))
    #expect(refusal == nil || refusal?.kind == .accessDenied)
    return (decision, refusal?.message)
  }

  func identity() throws -> CallerIdentity {
    try .named(
      caller.arn, rolePath: caller.rolePath ?? "/", userID: caller.userID,
      policies: (caller.policies ?? []).map { try $0.text() }, boundary: caller.boundary?.text(),
      sessionPolicy: caller.sessionPolicy?.text(), tags: Self.tags(caller.tags),
      issueTime: Self.date(caller.issueTime ?? request.time), sourceIdentity: caller.sourceIdentity,
      federatedProvider: caller.federatedProvider)
  }

  private func knownCaller() throws -> Caller {
    let identity = try identity()
    return Caller(
      identity: identity, home: AccountRegion(account: identity.account, region: try Self.region(request.region)),
      accessKeyID: "AKIAEXAMPLE", requestID: "request",
      origin: RequestOrigin(
        sourceIP: request.sourceIP, isSecure: request.secure, userAgent: request.userAgent,
        time: try Self.date(request.time).timeIntervalSince1970))
  }

  // MARK: What

  private func demand() throws -> AccessDemand {
    var attributes = RequestAttributes()
    attributes.encryptionContext = request.encryptionContext
    attributes.requestTags = request.requestTags.map(Self.tags)
    for (text, node) in request.values ?? [:] {
      let name = try #require(ConditionKey.Name(rawValue: text.lowercased()), "\(text) is no key of conditions")
      attributes[name] = try Self.value(node, of: name)
    }
    let proposed = try request.proposedGrant.map {
      AccessDemand.ProposedGrant(
        operations: try Self.operations($0.operations), constraints: Self.constraints($0.constraints))
    }
    return AccessDemand(request.action, on: try resource(), attributes, proposedGrant: proposed)
  }

  private func resource() throws -> AccessDemand.Resource {
    let text = request.resource
    if text == "key" { return .key(try guardedKey()) }
    if text == "account" { return .account }
    if text.hasPrefix("grant/") {
      let grant = try #require(try knownGrants().first { $0.id == text.dropFirst("grant/".count) })
      return .grant(grant, try guardedKey())
    }
    if let principal = PrincipalARN(text) { return .principal(principal) }
    switch try KeyReference(text) {
    case .aliasName(let name):
      return .alias(name, AccountRegion(account: try identity().account, region: try Self.region(request.region)))
    case .aliasARN(let name, let home): return .alias(name, home)
    case .keyID, .keyARN: throw DecisionCaseFile.Mistake(description: "\(text) is no resource")
    }
  }

  /// A key policy that is none would deny everything and prove nothing.
  func guardedKey() throws -> GuardedKey {
    let given = try #require(key, "the row has no key")
    let role = try given.multiRegion.map { role in
      MultiRegionRole(
        primaryRegion: try Self.region(role.primary), replicaRegions: try role.replicas.map(Self.region))
    }
    let key = GuardedKey(
      Key(
        id: try #require(KeyID(given.id)), home: try home(of: given), creationDate: Date(timeIntervalSince1970: 0),
        spec: try #require(KeySpec(rawValue: given.spec)), usage: try #require(KeyUsage(rawValue: given.usage)),
        origin: try #require(KeyOrigin(rawValue: given.origin)), description: "", state: .enabled,
        policy: try given.policy.text(), tags: Self.tags(given.tags), multiRegion: role))
    _ = try KeyPolicy(key.record.policy, partition: "aws")
    return key
  }

  private func knownGrants() throws -> [Grant] {
    guard let grants else { return [] }
    let key = try #require(key, "the row has no key")
    return try grants.map { grant in
      Grant(
        id: grant.id, keyID: try #require(KeyID(key.id)), home: try home(of: key), name: nil,
        granteePrincipal: grant.grantee, retiringPrincipal: grant.retiring,
        operations: try Self.operations(grant.operations), constraints: Self.constraints(grant.constraints),
        issuingAccount: try #require(AccountID(grant.issuingAccount)), creationDate: Date(timeIntervalSince1970: 0))
    }
  }

  private func home(of key: GivenKey) throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID(key.account)), region: try Self.region(key.region))
  }

  // MARK: Words

  private static func region(_ text: String) throws -> Region { try #require(Region(text)) }

  static func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  private static func tags(_ tags: [String: String]?) -> [KMSDomain.Tag] {
    (tags ?? [:]).sorted { $0.key < $1.key }.map { KMSDomain.Tag(key: $0.key, value: $0.value) }
  }

  private static func operations(_ names: [String]) throws -> [GrantOperation] {
    try names.map { try #require(GrantOperation(rawValue: $0), "grants cannot allow \($0)") }
  }

  private static func constraints(_ constraints: Constraints?) -> GrantConstraints? {
    constraints.map {
      GrantConstraints(
        encryptionContextEquals: $0.encryptionContextEquals, encryptionContextSubset: $0.encryptionContextSubset)
    }
  }

  private static func value(_ node: JSONNode, of name: ConditionKey.Name) throws -> ConditionValue {
    switch node {
    case .bool(let bool): return .bool(bool)
    case .string(let text): return .string(text)
    case .integer(let number): return name == .validTo ? .instant(Double(number)) : .integer(number)
    case .array: return .strings(try node.decode([String].self))
    case .null, .object: throw DecisionCaseFile.Mistake(description: "\(name) has no such value")
    }
  }
}

/// An operation that needs what it is given.
private enum DemandItself: AuthorizableOperation {
  static func demands(of input: AccessDemand, on resource: Void) -> [AccessDemand] { [input] }
}

/// What a row says of its key.
private struct CaseFacts: AccessFacts {
  let grants: [Grant]
  let row: DecisionCase

  func grants(on key: Key, to grantee: String) async throws(Fault) -> GrantIndex {
    GrantIndex(grants.filter { $0.granteePrincipal.utf8.elementsEqual(grantee.utf8) })
  }

  func aliases(of key: Key) async throws(Fault) -> [String] { row.key?.aliases ?? [] }

  func lastUse(of key: Key) async throws(Fault) -> Double {
    guard let text = row.key?.lastUse, let date = try? DecisionCase.date(text) else { return 0 }
    return date.timeIntervalSince1970
  }
}
