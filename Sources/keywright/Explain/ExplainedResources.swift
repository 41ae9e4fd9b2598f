// What a request that is to be explained is about: keys, aliases and grants of the store.

import Foundation
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
  private let store: SQLiteStore
  private let caller: CallerIdentity
  private let region: Region

  private static let page = 1000

  init(_ store: SQLiteStore, caller: CallerIdentity, region: Region) {
    self.store = store
    self.caller = caller
    self.region = region
  }

  private var home: AccountRegion { AccountRegion(account: caller.account, region: region) }

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
    let demand = AccessDemand(
      action.name, on: .key(GuardedKey(key)), attributes.attributes,
      proposedGrant: action.name == "CreateGrant" ? attributes.proposedGrant : nil)
    var demands = [try await complete(demand, on: key)]
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
    guard let text = options.alias ?? options.key, let (name, home) = try aliasName(text) else {
      throw CommandFailure(.usage, "kms:\(action.name) is asked on an alias: name it with --alias")
    }
    var demands = [ExplainedDemand(demand: AccessDemand(action.name, on: .alias(name, home)))]
    var keys: [Key] = []
    if action.name != "CreateAlias" { keys.append(try await key(named: home.aliasARN(name)).key) }
    if action.name != "DeleteAlias", options.alias != nil, let target = options.key {
      keys.append(try await key(named: target).key)
    }
    for key in keys {
      demands.append(try await complete(AccessDemand(action.name, on: .key(GuardedKey(key))), on: key))
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
    return try await complete(AccessDemand(action.name, on: .grant(grant, GuardedKey(key)), attributes), on: key)
  }

  // MARK: Looking up

  /// Looks up what a decision on `key` may need.
  private func complete(_ demand: AccessDemand, on key: Key) async throws(CommandFailure) -> ExplainedDemand {
    let grantees = DecisionTrace.grantees(of: caller)
    return try await store.look { reader throws(Fault) in
      var facts = KeyFacts()
      facts.aliases = try Self.all { last throws(Fault) in
        try reader.aliases(in: key.home, of: key.id, after: last?.name, limit: Self.page)
      }.map(\.name.description)
      let lastUse = try reader.lastUsage(of: key.id, region: key.home.region)?.date ?? key.creationDate
      facts.lastUse = lastUse.timeIntervalSince1970
      var grants: [Grant] = []
      for grantee in grantees {
        grants += try Self.all { last throws(Fault) in
          try reader.grants(
            on: key.id, region: key.home.region, granteePrincipal: grantee, after: last?.id, limit: Self.page)
        }
      }
      return ExplainedDemand(demand: demand, facts: facts, grants: grants, keyState: key.state)
    }
  }

  /// All pages of a listing.
  private static func all<Element>(
    _ page: (Element?) throws(Fault) -> [Element]
  ) throws(Fault) -> [Element] {
    var elements: [Element] = []
    while true {
      let next = try page(elements.last)
      elements += next
      guard next.count == Self.page else { return elements }
    }
  }

  /// The key that a text names, and the alias that it named it by.
  private func key(named text: String) async throws(CommandFailure) -> (key: Key, alias: AliasName?) {
    let reference: KeyReference
    do {
      reference = try KeyReference(text)
    } catch {
      throw CommandFailure(.usage, "'\(text)' is no key id, key ARN, alias name or alias ARN")
    }
    let place = reference.home ?? home
    guard place.region == region else {
      throw CommandFailure(.usage, "\(text) is not in \(region), the Region that is called")
    }
    let found = try await store.look { reader throws(Fault) -> (Key?, AliasName?) in
      switch reference {
      case .keyID(let id), .keyARN(let id, _): return (try reader.key(id, region: place.region), nil)
      case .aliasName(let name), .aliasARN(let name, _):
        guard let alias = try reader.alias(name, in: place) else { return (nil, name) }
        return (try reader.key(alias.targetKeyID, region: place.region), name)
      }
    }
    guard let key = found.0, key.home == place else {
      throw CommandFailure(.noInput, "the store has no \(text) of account \(place.account) in \(place.region)")
    }
    return (key, found.1)
  }

  private func aliasName(_ text: String) throws(CommandFailure) -> (AliasName, AccountRegion)? {
    switch try? KeyReference(text) {
    case .aliasName(let name): (name, home)
    case .aliasARN(let name, let home): (name, home)
    default: nil
    }
  }
}
