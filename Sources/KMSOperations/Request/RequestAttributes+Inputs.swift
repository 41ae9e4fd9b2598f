// What operations have in common when they tell the conditions of policies about a request.

import KMSAccess
import KMSDomain
import KMSModel

extension RequestAttributes {
  /// The attributes of a request that names its key in any of the four forms.
  init(keyNamed name: String?) {
    self.init()
    self[.requestAlias] = name.flatMap(Self.alias).map(ConditionValue.string)
  }

  /// The attributes of a request that encrypts or decrypts.
  init(keyNamed name: String?, encryptionContext: [String: String]?, algorithm: EncryptionAlgorithm? = nil) {
    self.init(keyNamed: name)
    self.encryptionContext = encryptionContext ?? [:]
    self[.encryptionAlgorithm] = .string((algorithm ?? .symmetricDefault).rawValue)
  }

  /// The attributes of a request that signs or verifies.
  init(keyNamed name: String, signingAlgorithm: SigningAlgorithm, messageType: MessageType?) {
    self.init(keyNamed: name)
    self[.signingAlgorithm] = .string(signingAlgorithm.rawValue)
    self[.messageType] = .string((messageType ?? .raw).rawValue)
  }

  /// The attributes of a request that sets tags.
  init(tags: [KMSModel.Tag]?) {
    self.init()
    requestTags = tags?.map { KMSDomain.Tag(key: $0.tagKey, value: $0.tagValue) }
  }

  /// The attributes of a key that is to be made: `PRIMARY` or `REPLICA` for a multi-Region key, nil for others.
  mutating func setNewKey(
    spec: KMSDomain.KeySpec, usage: KMSDomain.KeyUsage, origin: KeyOrigin, multiRegionKeyType: String?
  ) {
    for name in [ConditionKey.Name.keySpec, .customerMasterKeySpec] { self[name] = .string(spec.rawValue) }
    for name in [ConditionKey.Name.keyUsage, .customerMasterKeyUsage] { self[name] = .string(usage.rawValue) }
    self[.keyOrigin] = .string(origin.rawValue)
    self[.multiRegion] = .bool(multiRegionKeyType != nil)
    self[.multiRegionKeyType] = multiRegionKeyType.map(ConditionValue.string)
  }

  /// The attributes that a grant has when it is made or retired.
  mutating func setGrantConstraints(_ constraints: KMSDomain.GrantConstraints?) {
    guard let constraints else { return }
    var types: [String] = []
    if let equals = constraints.encryptionContextEquals {
      types.append("EncryptionContextEquals")
      encryptionContext = equals
    }
    if let subset = constraints.encryptionContextSubset {
      types.append("EncryptionContextSubset")
      encryptionContext = (encryptionContext ?? [:]).merging(subset) { equal, _ in equal }
    }
    self[.grantConstraintType] = types.count == 1 ? types.first.map(ConditionValue.string) : .strings(types)
  }

  /// The name of the alias by which a request names its key: `alias/x` also when it gave the alias's ARN.
  private static func alias(_ text: String) -> String? {
    if text.hasPrefix(AliasName.prefix) { return text }
    guard text.hasPrefix("arn:"), let resource = text.split(separator: ":", maxSplits: 5).last,
      resource.hasPrefix(AliasName.prefix)
    else { return nil }
    return String(resource)
  }
}
