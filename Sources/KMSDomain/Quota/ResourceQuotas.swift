// How many of each resource there may be.

/// KMS's resource quotas. The defaults are KMS's own.
public struct ResourceQuotas: Hashable, Sendable {
  /// KMS keys of an account in a Region.
  public var keys = 100_000
  /// Aliases of a key.
  public var aliasesPerKey = 50
  /// Grants on a key.
  public var grantsPerKey = 50_000
  /// Custom key stores of an account in a Region.
  public var customKeyStores = 10
  /// Rotations on demand of a key, ever.
  public var onDemandRotationsPerKey = 25
  /// Tags of a key.
  public var tagsPerKey = 50
  /// Bytes of a key policy.
  public var policyBytes = 32_768

  /// KMS's quotas.
  public init() {}
}
