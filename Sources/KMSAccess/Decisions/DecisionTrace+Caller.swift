// What goes with the caller, for explanations: identity policies, boundary, session policy, and the grants to it.

import KMSDomain

extension AccessRequest {
  // MARK: Policies

  /// The layers of the caller's own side.
  func identityLayers(isAllowed: Bool) -> [DecisionTrace.Layer] {
    var layers: [DecisionTrace.Layer] = []
    switch identity.permissions {
    case .everything:
      layers.append(.init("identity policies", .allows, "do not limit an account's root"))
    case .policies(let policies) where policies.isEmpty:
      layers.append(.init("identity policies", .silent, "are none"))
    case .policies(let policies):
      layers += policies.map { named in
        let name = "identity policy \(named.name.quoted)"
        return layer(name, named.policy, allowed: "allows it", silent: "does not allow it")
      }
    }
    let filters = [("permissions boundary", identity.permissionsBoundary), ("session policy", identity.sessionPolicy)]
    for case (let name, let policy?) in filters {
      // Whom a key policy or a grant names itself, these do not limit.
      let silent = "does not let it through" + (isAllowed ? ", but does not limit what is allowed in this way" : "")
      layers.append(layer(name, policy, allowed: "lets it through", silent: silent))
    }
    return layers
  }

  private func layer(
    _ name: String, _ policy: IdentityPolicy, allowed: String, silent: String
  ) -> DecisionTrace.Layer {
    let query = query(self)
    let verdict = policy.evaluate(query)
    let statements = policy.statements.map { StatementTrace($0, query, caller: nil) }
    if let statement = verdict.deniedBy {
      return .init(name, .forbids, "forbids it: \(statement)", statements: statements)
    }
    guard let statement = verdict.allowedBy else { return .init(name, .silent, silent, statements: statements) }
    return .init(name, .allows, "\(allowed): \(statement)", statements: statements)
  }

  // MARK: Grants

  /// The layers of the grants that name the caller.
  func grantLayers(
    _ grants: [Grant], _ standing: IdentityStanding, isForbidden: Bool
  ) -> [DecisionTrace.Layer] {
    guard case .key = demand.resource else { return [] }
    guard GrantOperation(rawValue: demand.action) != nil else {
      return grants.isEmpty ? [] : [.init("grants", .silent, "never allow \(action)")]
    }
    guard !grants.isEmpty else { return [.init("grants", .silent, "are none to the caller")] }
    return grants.map { grant in
      let (outcome, finding) = finding(grant, standing, isForbidden: isForbidden)
      return .init("grant \(grant.id)", outcome, finding)
    }
  }

  private func finding(
    _ grant: Grant, _ standing: IdentityStanding, isForbidden: Bool
  ) -> (DecisionTrace.Layer.Outcome, String) {
    guard let grantee = identity.grantees.first(where: { $0.arn.utf8.elementsEqual(grant.granteePrincipal.utf8) })
    else { return (.silent, "is to somebody else") }
    guard GrantIndex([grant]).grant(covering: self) != nil else { return (.silent, shortcoming(of: grant)) }
    if isForbidden { return (.silent, "covers it, but a grant never lifts an explicit deny") }
    if grantee.naming == .account, standing.allowance == nil {
      return (.silent, "covers it for account \(identity.account), whose identity policies do not allow it")
    }
    if grantee.naming != .itself, let filter = standing.filter {
      return (.silent, "covers it, but the \(filter.words) does not let it through")
    }
    return (.allows, "covers it")
  }

  /// Why a grant does not cover the request.
  private func shortcoming(of grant: Grant) -> String {
    guard grant.operations.contains(where: { $0.rawValue == demand.action }) else {
      return "allows only " + grant.operations.map(\.rawValue).joined(separator: ", ")
    }
    if demand.action == GrantOperation.createGrant.rawValue {
      guard let proposed = demand.proposedGrant else {
        return "allows grants within its own bounds, but what the new grant is to allow was not said"
      }
      let excess = proposed.operations.filter { !grant.operations.contains($0) }.map(\.rawValue)
      return excess.isEmpty
        ? "allows only grants whose constraints are at least as strict as its own: \(grant.constraintWords)"
        : "allows no grant of " + excess.joined(separator: ", ")
    }
    let context = demand.attributes.encryptionContext.flatMap { $0.isEmpty ? nil : Grant.words($0) }
    return "asks for \(grant.constraintWords), but the request has \(context ?? "none")"
  }
}

extension Grant {
  /// The constraints in words.
  fileprivate var constraintWords: String {
    let equals = constraints?.encryptionContextEquals.map { "exactly the encryption context \(Self.words($0))" }
    let subset = constraints?.encryptionContextSubset.map { "an encryption context with \(Self.words($0))" }
    return [equals, subset].compactMap(\.self).joined(separator: " and ")
  }

  fileprivate static func words(_ context: [String: String]) -> String {
    let pairs = context.sorted { $0.key < $1.key }.map { "\($0.key.quoted): \($0.value.quoted)" }
    return "{\(pairs.joined(separator: ", "))}"
  }
}
