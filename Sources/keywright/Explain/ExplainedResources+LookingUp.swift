// How what a request names is found in the store, for `keywright explain`.

import Foundation
import KMSAccess
import KMSDomain
import KMSStoreSQLite

extension ExplainedResources {
  private static let page = 1000

  /// The replica of `key` that is to be the primary, as far as there is one.
  func replica(of key: Key, named value: ConditionValue?) async throws(CommandFailure) -> Key? {
    guard case .string(let name)? = value, let region = Region(name), region != key.home.region,
      key.multiRegion?.regions.contains(region) == true
    else { return nil }
    return try await store.look { reader throws(Fault) in try reader.key(key.id, region: region) }
  }

  /// Looks up what a decision on `key` may need.
  func complete(
    _ demand: AccessDemand, on key: Key, _ action: ExplainedAction
  ) async throws(CommandFailure) -> ExplainedDemand {
    let grantees = DecisionTrace.grantees(of: caller)
    return try await store.look { reader throws(Fault) in
      var facts = KeyFacts()
      facts.aliases = try Self.all { last throws(Fault) in
        try reader.aliases(in: key.home, of: key.id, after: last?.name, limit: Self.page)
      }.map(\.name.description)
      if action.dependsOnUsage {
        let lastUse = try reader.lastUsage(of: key.id, region: key.home.region)?.date ?? key.creationDate
        facts.lastUse = max(lastUse, key.creationDate).timeIntervalSince1970
      }
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
  func key(named text: String) async throws(CommandFailure) -> (key: Key, alias: AliasName?) {
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

  /// The alias that a text names, and whose it is; nil for other texts.
  func aliasName(_ text: String) throws(CommandFailure) -> (AliasName, AccountRegion)? {
    switch try? KeyReference(text) {
    case .aliasName(let name): (name, home)
    case .aliasARN(let name, let home): (name, home)
    default: nil
    }
  }
}
