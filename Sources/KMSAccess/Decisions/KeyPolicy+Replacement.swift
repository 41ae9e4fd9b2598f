// The lockout safety check: a new key policy must not take the key out of its author's hands.

public import KMSDomain

extension CallerIdentity {
  /// Whether this caller could put another policy on `key`, which has the new one: by the key policy itself, or by its
  /// account if the policy leaves it that. Conditions are looked at as they are for the request that brings the policy.
  public func mayReplacePolicy(
    of key: GuardedKey, in region: Region, _ origin: RequestOrigin, facts: KeyFacts = KeyFacts()
  ) -> Bool {
    let demand = AccessDemand("PutKeyPolicy", on: .key(key))
    let request = AccessRequest(identity: self, region: region, origin: origin, demand: demand, facts: facts)
    return AccessEvaluation(request).decision(grants: []).isAllowed
  }
}
