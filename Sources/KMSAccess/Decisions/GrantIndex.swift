// The grants of one grantee on one key, so ordered that a thousand cost no more than one.

public import KMSDomain

/// All grants on a key to one grantee, found by what a request asks.
///
/// Grants without constraints need no search. Those that ask for an exact encryption context are found by it; those
/// that ask for a part of one, by the first pair of that part.
public final class GrantIndex: Sendable {
  fileprivate struct Entries {
    var unconstrained: Grant?
    var byContext: [ContextPairs: [Grant]] = [:]
    var byFirstPair: [ContextPairs.Pair: [Grant]] = [:]
  }

  private let entries: [GrantOperation: Entries]
  /// The grants that allow CreateGrant: each is looked at, for what it may have children for is not found by key.
  private let parents: [Grant]
  /// Whether there is no grant at all.
  public var isEmpty: Bool { entries.isEmpty }

  /// Takes the grants on one key to one grantee.
  public init(_ grants: [Grant]) {
    var entries: [GrantOperation: Entries] = [:]
    for grant in grants {
      for operation in grant.operations { entries[operation, default: Entries()].add(grant) }
    }
    self.entries = entries
    parents = grants.filter { $0.operations.contains(.createGrant) }
  }

  /// A grant that allows what is asked, whoever asks.
  func grant(covering request: AccessRequest) -> Grant? {
    guard let operation = GrantOperation(rawValue: request.demand.action), let entries = entries[operation] else {
      return nil
    }
    switch operation {
    case .createGrant:
      guard let proposed = request.demand.proposedGrant else { return nil }
      return parents.first { $0.mayHaveChild(proposed) }
    case .describeKey, .retireGrant:
      return entries.any
    default:
      return entries.grant(for: request.demand.attributes.encryptionContext ?? [:])
    }
  }
}

extension GrantIndex.Entries {
  fileprivate mutating func add(_ grant: Grant) {
    if let equals = grant.constraints?.encryptionContextEquals {
      byContext[ContextPairs(equals), default: []].append(grant)
    } else if let subset = grant.constraints?.encryptionContextSubset, let first = ContextPairs(subset).first {
      byFirstPair[first, default: []].append(grant)
    } else if unconstrained == nil {
      unconstrained = grant
    }
  }

  /// Any of them, constraints aside.
  fileprivate var any: Grant? { unconstrained ?? byContext.values.first?.first ?? byFirstPair.values.first?.first }

  fileprivate func grant(for context: [String: String]) -> Grant? {
    if let unconstrained { return unconstrained }
    guard !byContext.isEmpty || !byFirstPair.isEmpty else { return nil }
    let pairs = ContextPairs(context)
    if let grant = byContext[pairs]?.first(where: { $0.constraints?.holds(for: pairs) == true }) { return grant }
    guard !byFirstPair.isEmpty else { return nil }
    for pair in pairs.all {
      if let grant = byFirstPair[pair]?.first(where: { $0.constraints?.holds(for: pairs) == true }) { return grant }
    }
    return nil
  }
}
