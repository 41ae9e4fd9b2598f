// Decides whether a caller may do what it asks.

public import KMSDomain

/// The one place where permission is given: by key policy, identity policies and grants, as ``AccessEvaluation`` says.
public struct Authorizer: Sendable {
  private let facts: any AccessFacts

  /// Makes an authorizer that looks up grants and aliases in `facts`.
  public init(facts: any AccessFacts) {
    self.facts = facts
  }

  /// Decides on all demands of the request; any that is not allowed refuses it.
  ///
  /// - Parameters:
  ///   - recipientAttestation: what is proven of the request's recipient, for ``RequestAttributes/recipientAttestation``.
  ///   - decided: gets every demand that was decided on, the refused one last.
  public func authorize<Operation: AuthorizableOperation>(
    _ operation: Operation.Type, _ caller: Caller, _ input: Operation.Input, on resource: Operation.Resource,
    recipientAttestation: [String: String]? = nil, decided: inout [DecidedDemand]
  ) async throws(Fault) -> Authorized<Operation> {
    let demands = operation.demands(of: input, on: resource)
    // Who asks for no permission has forgotten to ask.
    guard !demands.isEmpty else { throw .internalFailure(NothingDemanded(operation: "\(operation)")) }
    for var demand in demands {
      demand.attributes.recipientAttestation = recipientAttestation
      let request = AccessRequest(
        identity: caller.identity, region: caller.home.region, origin: caller.origin, demand: demand,
        facts: try await keyFacts(for: caller.identity, demand))
      let decision = try await decide(request)
      decided.append(DecidedDemand(demand: demand, decision: decision))
      if case .denied(let reason) = decision { throw reason.fault(request) }
    }
    return Authorized(caller: caller, resource: resource)
  }

  /// Whether a caller could put another policy on `key`, which has the new one: the lockout safety check.
  public func mayReplacePolicy(of key: GuardedKey, by caller: Caller) async throws(Fault) -> Bool {
    let demand = AccessDemand("PutKeyPolicy", on: .key(key))
    return caller.identity.mayReplacePolicy(
      of: key, in: key.record.home.region, caller.origin, facts: try await keyFacts(for: caller.identity, demand))
  }

  /// Decides on one demand.
  public func decide(_ request: AccessRequest) async throws(Fault) -> AccessDecision {
    let evaluation = AccessEvaluation(request)
    var grants: [(grantee: CallerIdentity.Grantee, index: GrantIndex)] = []
    if case .key(let key) = request.demand.resource {
      for grantee in evaluation.grantees {
        let index = try await facts.grants(on: key.record, to: grantee.arn)
        if !index.isEmpty { grants.append((grantee, index)) }
      }
    }
    return evaluation.decision(grants: grants)
  }

  /// What conditions may ask about the key beyond its record. Nobody pays for a look-up that no policy needs.
  private func keyFacts(for identity: CallerIdentity, _ demand: AccessDemand) async throws(Fault) -> KeyFacts {
    var keyFacts = KeyFacts()
    let key: GuardedKey
    switch demand.resource {
    case .key(let found), .grant(_, let found): key = found
    case .account, .alias, .principal, .missing: return keyFacts
    }
    if identity.asksForAliases { keyFacts.aliases = try await facts.aliases(of: key.record) }
    if demand.action == "DisableKey" || demand.action == "ScheduleKeyDeletion" {
      keyFacts.lastUse = try await facts.lastUse(of: key.record)
    }
    return keyFacts
  }
}

/// A demand and what was decided on it.
public struct DecidedDemand: Sendable {
  /// What was asked.
  public let demand: AccessDemand
  /// What was decided.
  public let decision: AccessDecision
}

/// An operation that says of no permission that it needs it.
struct NothingDemanded: Error, CustomStringConvertible {
  let operation: String
  var description: String { "\(operation) asks for no permission" }
}
