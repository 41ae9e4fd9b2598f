// What requests tell of the keys and grants that they are to make or to end: to the service, and to who explains it.

public import KMSDomain

extension RequestAttributes {
  /// The attributes of a key that is to be made: `PRIMARY` or `REPLICA` for a multi-Region key, nil for others.
  public mutating func setNewKey(
    spec: KeySpec, usage: KeyUsage, origin: KeyOrigin, multiRegionKeyType: String?
  ) {
    for name in [ConditionKey.Name.keySpec, .customerMasterKeySpec] { self[name] = .string(spec.rawValue) }
    for name in [ConditionKey.Name.keyUsage, .customerMasterKeyUsage] { self[name] = .string(usage.rawValue) }
    self[.keyOrigin] = .string(origin.rawValue)
    self[.multiRegion] = .bool(multiRegionKeyType != nil)
    self[.multiRegionKeyType] = multiRegionKeyType.map(ConditionValue.string)
  }

  /// The attributes that a grant has when it is made or retired.
  public mutating func setGrantConstraints(_ constraints: GrantConstraints?) {
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
}
