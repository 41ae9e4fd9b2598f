// One demand of one caller, as policies see it: where every condition key gets its value.

public import KMSDomain

/// Everything that a decision looks at, but for the policies and grants themselves.
public struct AccessRequest: Sendable {
  /// Who asks.
  public let identity: CallerIdentity
  /// The Region that is called.
  public let region: Region
  /// How the request came.
  public let origin: RequestOrigin
  /// What is asked.
  public let demand: AccessDemand
  /// What was looked up about the key.
  public let facts: KeyFacts
  /// The action as policies name it, such as `kms:Decrypt`.
  public let action: String
  /// The ARN of the resource as policies name it; `*` for what has none. A key that is to be made has no id yet.
  public let resourceARN: String

  /// Puts a request together.
  public init(
    identity: CallerIdentity, region: Region, origin: RequestOrigin, demand: AccessDemand,
    facts: KeyFacts = KeyFacts()
  ) {
    self.identity = identity
    self.region = region
    self.origin = origin
    self.demand = demand
    self.facts = facts
    action = "kms:" + demand.action
    resourceARN =
      switch demand.resource {
      case .account where demand.tagsNewKey:
        AccountRegion(account: identity.account, region: demand.region ?? region).arn("key/*")
      case .account, .missing: "*"
      case .principal(let principal): principal.description
      case .key(let key), .grant(_, let key): key.arn
      case .alias(let name, let home): home.aliasARN(name)
      }
  }

  /// The key that the demand is on.
  var key: Key? {
    switch demand.resource {
    case .key(let key), .grant(_, let key): key.record
    case .account, .alias, .principal, .missing: nil
    }
  }

  /// The account that owns the resource.
  var owner: AccountID { demand.resource.owner(for: identity.account) }
}

extension AccessRequest: ConditionValues {
  public func value(of key: ConditionKey) -> ConditionValue? {
    switch key {
    case .named(let name): demand.attributes[name] ?? value(of: name)
    case .encryptionContext(let name): demand.attributes.encryptionContext.flatMap { Self.values($0, of: name) }
    case .resourceTag(let name): self.key.flatMap { Self.values($0.tags, of: name) }
    case .requestTag(let name): demand.attributes.requestTags.flatMap { Self.values($0, of: name) }
    case .principalTag(let name): Self.values(identity.tags, of: name)
    case .recipientAttestation(let name): demand.attributes.recipientAttestation?[name].map(ConditionValue.string)
    case .other(let name): identity.assumedRole?.claims[name].flatMap(Self.value)
    }
  }

  private func value(of name: ConditionKey.Name) -> ConditionValue? {
    switch name {
    case .encryptionContextKeys: demand.attributes.encryptionContext.map { .strings(Array($0.keys)) }
    case .tagKeys: demand.attributes.requestTags.map { .strings($0.map(\.key)) }
    case .callerAccount: isOnKeyOrCustomKeyStore ? .string(identity.account.description) : nil
    case .resourceAliases: facts.aliases.map(ConditionValue.strings)
    case .trailingDaysWithoutKeyUsage: facts.lastUse.map { .integer(Int64(max(0, (origin.time - $0) / 86_400))) }
    case .resourceAccount: .string(owner.description)
    case .keySpec, .customerMasterKeySpec: key.map { .string($0.spec.rawValue) }
    case .keyUsage, .customerMasterKeyUsage: key.map { .string($0.usage.rawValue) }
    case .keyOrigin: key.map { .string($0.origin.rawValue) }
    case .multiRegion: key.map { .bool($0.multiRegion != nil) }
    case .multiRegionKeyType:
      key.flatMap { $0.multiRegion == nil ? nil : .string($0.isPrimary ? "PRIMARY" : "REPLICA") }
    default: GlobalValues(identity: identity, region: region, origin: origin).value(of: name)
    }
  }

  private var isOnKeyOrCustomKeyStore: Bool {
    switch demand.resource {
    case .key, .grant, .alias: true
    case .account, .principal, .missing:
      demand.tagsNewKey || demand.action.hasSuffix("CustomKeyStore") || demand.action.hasSuffix("CustomKeyStores")
    }
  }

  /// The values of the pairs whose key is `name` but for its case: one, or several when keys differ in case only.
  private static func values(_ pairs: [String: String], of name: String) -> ConditionValue? {
    // The usual case first: the key as it is written.
    if pairs.count == 1, let pair = pairs.first {
      return isKey(pair.key, name) ? .string(pair.value) : nil
    }
    return value(pairs.filter { isKey($0.key, name) }.map(\.value))
  }

  private static func values(_ tags: [Tag], of name: String) -> ConditionValue? {
    value(tags.filter { isKey($0.key, name) }.map(\.value))
  }

  /// Whether a key is `name`, which is in lower case. Two Unicode forms of one character are two keys, as they are for
  /// grants and for the cryptography.
  private static func isKey(_ key: String, _ name: String) -> Bool {
    key.lowercased().utf8.elementsEqual(name.utf8)
  }

  private static func value(_ values: [String]) -> ConditionValue? {
    switch values.count {
    case 0: nil
    case 1: .string(values[0])
    default: .strings(values)
    }
  }
}

extension AccessDemand {
  /// Whether it is about the tags of a key that is to be made: TagResource acts on keys, and this one is not there yet.
  fileprivate var tagsNewKey: Bool {
    if case .account = resource { action == "TagResource" } else { false }
  }

  /// The Region in which a key is to be made, when that is not the one that is called.
  fileprivate var region: Region? {
    if case .string(let name)? = attributes[.requestedRegion] { Region(name) } else { nil }
  }
}

/// A request as a key policy sees it: the key's aliases are for identity policies only.
struct KeyPolicyValues: ConditionValues {
  let request: AccessRequest

  func value(of key: ConditionKey) -> ConditionValue? {
    key == .named(.resourceAliases) ? nil : request.value(of: key)
  }
}
