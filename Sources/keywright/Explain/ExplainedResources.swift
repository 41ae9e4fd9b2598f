// What a request that is to be explained is about: keys, aliases and grants of the store.

import KMSAccess
import KMSDomain
import KMSStoreSQLite

/// A demand, and what a decision on it looks up.
struct ExplainedDemand {
  let demand: AccessDemand
  var facts = KeyFacts()
  var grants: [Grant] = []
  /// The state of the key that the demand is on.
  var keyState: KeyState?
}

/// Finds what a request names, as the service would for the caller.
struct ExplainedResources {
  let store: SQLiteStore
  let caller: CallerIdentity
  let region: Region

  init(_ store: SQLiteStore, caller: CallerIdentity, region: Region) {
    self.store = store
    self.caller = caller
    self.region = region
  }

  /// Where names without an account are looked up.
  var home: AccountRegion { AccountRegion(account: caller.account, region: region) }

  /// Every permission that the request needs.
  func demands(
    of action: ExplainedAction, _ options: ExplainOptions, _ attributes: inout ExplainedAttributes
  ) async throws(CommandFailure) -> [ExplainedDemand] {
    try check(options, action)
    switch action.object {
    case .account: return accountDemands(action, attributes.attributes)
    case .principal:
      guard let principal = caller.principal else { throw CommandFailure(.usage, "'\(caller.arn)' is no principal") }
      return [ExplainedDemand(demand: AccessDemand(action.name, on: .principal(principal)))]
    case .grant: return [try await retirement(action, options, attributes)]
    case .alias: return try await aliasDemands(action, options)
    case .key: return try await keyDemands(action, options, &attributes)
    }
  }

  /// Refuses what an action has no use for, and asks for what it cannot do without.
  private func check(_ options: ExplainOptions, _ action: ExplainedAction) throws(CommandFailure) {
    let takesKey = ![.account, .principal].contains(action.object)
    guard takesKey || options.key == nil else {
      throw CommandFailure(.usage, "kms:\(action.name) is not asked on a key: leave --key out")
    }
    guard takesKey == false || options.key != nil || action.object == .alias else {
      throw CommandFailure(.usage, "kms:\(action.name) is asked on a key: name it with --key")
    }
    guard options.alias == nil || action.object == .alias else {
      throw CommandFailure(.usage, "--alias is for CreateAlias, UpdateAlias and DeleteAlias")
    }
    guard (options.grant != nil) == (action.object == .grant) else {
      throw CommandFailure(.usage, "--grant is for RetireGrant, which needs it")
    }
  }

  // MARK: Demands

  private func accountDemands(_ action: ExplainedAction, _ attributes: RequestAttributes) -> [ExplainedDemand] {
    var demands = [AccessDemand(action.name, on: .account, attributes)]
    if action.name == "CreateKey", attributes.requestTags != nil {
      demands.append(AccessDemand("TagResource", on: .account, attributes))
    }
    return demands.map { ExplainedDemand(demand: $0) }
  }

  private func keyDemands(
    _ action: ExplainedAction, _ options: ExplainOptions, _ attributes: inout ExplainedAttributes
  ) async throws(CommandFailure) -> [ExplainedDemand] {
    let (key, alias) = try await key(named: options.key ?? "")
    if let alias, action.takesAlias { attributes.setAlias(alias) }
    var asked = attributes.attributes
    // It is asked of the replica that is made.
    if action.name == "ReplicateKey" { asked[.bypassPolicyLockoutSafetyCheck] = nil }
    let demand = AccessDemand(
      action.name, on: .key(GuardedKey(key)), asked,
      proposedGrant: action.name == "CreateGrant" ? attributes.proposedGrant : nil)
    var demands = [try await complete(demand, on: key, action)]
    if action.name == "UpdatePrimaryRegion" {
      if let replica = try await replica(of: key, named: attributes.attributes[.primaryRegion]) {
        demands.append(
          try await complete(AccessDemand(action.name, on: .key(GuardedKey(replica)), asked), on: replica, action))
      } else {
        attributes.note("only the primary is asked: --context kms:PrimaryRegion=REGION names the replica to ask, too")
      }
    }
    if action.name == "ReplicateKey" {
      let creation = attributes.replica(of: key)
      demands.append(ExplainedDemand(demand: AccessDemand("CreateKey", on: .account, creation)))
      if creation.requestTags != nil {
        demands.append(ExplainedDemand(demand: AccessDemand("TagResource", on: .account, creation)))
      }
    }
    return demands
  }

  private func aliasDemands(
    _ action: ExplainedAction, _ options: ExplainOptions
  ) async throws(CommandFailure) -> [ExplainedDemand] {
    let isDeletion = action.name == "DeleteAlias"
    guard let text = options.alias ?? (isDeletion ? options.key : nil), let (name, home) = try aliasName(text) else {
      throw CommandFailure(.usage, "kms:\(action.name) is asked on an alias: name it with --alias")
    }
    guard !isDeletion || options.alias == nil || options.key == nil else {
      throw CommandFailure(.usage, "kms:DeleteAlias is asked on the key that the alias stands for: leave --key out")
    }
    var demands = [ExplainedDemand(demand: AccessDemand(action.name, on: .alias(name, home)))]
    var keys: [Key] = []
    if action.name != "CreateAlias" { keys.append(try await key(named: home.aliasARN(name)).key) }
    if !isDeletion {
      guard let target = options.key else {
        throw CommandFailure(.usage, "kms:\(action.name) is asked on a key, too: name the alias's new one with --key")
      }
      let key = try await key(named: target).key
      if !keys.contains(where: { $0.arn == key.arn }) { keys.append(key) }
    }
    for key in keys {
      demands.append(try await complete(AccessDemand(action.name, on: .key(GuardedKey(key))), on: key, action))
    }
    return demands
  }

  private func retirement(
    _ action: ExplainedAction, _ options: ExplainOptions, _ attributes: ExplainedAttributes
  ) async throws(CommandFailure) -> ExplainedDemand {
    let key = try await key(named: options.key ?? "").key
    let id = options.grant ?? ""
    let found = try await store.look { reader throws(Fault) in
      try reader.grant(id, on: key.id, region: key.home.region)
    }
    guard let grant = found else { throw CommandFailure(.noInput, "there is no grant \(id) on \(key.arn)") }
    var attributes = attributes.attributes
    attributes.setGrantConstraints(grant.constraints)
    return try await complete(
      AccessDemand(action.name, on: .grant(grant, GuardedKey(key)), attributes), on: key, action)
  }
}
