// Resource quotas as they stand in a configuration: NAME=NUMBER.

import KMSDomain

extension ResourceQuotas {
  /// The names by which quotas are set.
  private enum Name: String, CaseIterable {
    case keys
    case aliasesPerKey = "aliases-per-key"
    case grantsPerKey = "grants-per-key"
    case customKeyStores = "custom-key-stores"
    case onDemandRotationsPerKey = "on-demand-rotations-per-key"
    case tagsPerKey = "tags-per-key"
    case policyBytes = "policy-bytes"
  }

  /// KMS's quotas, but for those that `settings` change.
  init(_ settings: [String]) throws(CommandFailure) {
    self.init()
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let name = Name(rawValue: String(parts[0])), let number = Int(parts[1]), number >= 0
      else {
        let names = Name.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure(.usage, "quota must be NAME=NUMBER, not '\(setting)'; the names are \(names)")
      }
      set(name, to: number)
    }
  }

  private mutating func set(_ name: Name, to number: Int) {
    switch name {
    case .keys: keys = number
    case .aliasesPerKey: aliasesPerKey = number
    case .grantsPerKey: grantsPerKey = number
    case .customKeyStores: customKeyStores = number
    case .onDemandRotationsPerKey: onDemandRotationsPerKey = number
    case .tagsPerKey: tagsPerKey = number
    case .policyBytes: policyBytes = number
    }
  }
}
