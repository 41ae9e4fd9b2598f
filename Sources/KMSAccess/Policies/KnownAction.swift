// The actions of KMS by number, so that a policy knows beforehand which of its statements may be about one.

/// The place of an action of KMS in a set of them.
struct KnownAction: Hashable, Sendable {
  /// The set that has this action only.
  let bit: UInt64

  /// Nil for what is no action of KMS; such an action is looked for in every statement.
  init?(_ action: String) {
    guard let place = Self.places[action] else { return nil }
    bit = 1 << UInt64(place)
  }

  /// The names of all actions, without their prefix. ReEncrypt is two.
  static let names = [
    "CancelKeyDeletion", "ConnectCustomKeyStore", "CreateAlias", "CreateCustomKeyStore", "CreateGrant", "CreateKey",
    "Decrypt", "DeleteAlias", "DeleteCustomKeyStore", "DeleteImportedKeyMaterial", "DeriveSharedSecret",
    "DescribeCustomKeyStores", "DescribeKey", "DisableKey", "DisableKeyRotation", "DisconnectCustomKeyStore",
    "EnableKey", "EnableKeyRotation", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac", "GenerateRandom",
    "GetKeyLastUsage", "GetKeyPolicy", "GetKeyRotationStatus", "GetParametersForImport", "GetPublicKey",
    "ImportKeyMaterial", "ListAliases", "ListGrants", "ListKeyPolicies", "ListKeyRotations", "ListKeys",
    "ListResourceTags", "ListRetirableGrants", "PutKeyPolicy", "ReEncryptFrom", "ReEncryptTo", "ReplicateKey",
    "RetireGrant", "RevokeGrant", "RotateKeyOnDemand", "ScheduleKeyDeletion", "Sign", "TagResource", "UntagResource",
    "UpdateAlias", "UpdateCustomKeyStore", "UpdateKeyDescription", "UpdatePrimaryRegion", "Verify", "VerifyMac",
  ]

  private static let places = Dictionary(
    uniqueKeysWithValues: names.prefix(UInt64.bitWidth).enumerated().map { ("kms:" + $0.element, $0.offset) })

  /// The actions that a statement may be about.
  static func selected(by statement: PolicyStatement) -> UInt64 {
    guard let actions = statement.actions else { return 0 }
    return places.reduce(into: 0) { set, known in
      if actions.selects(where: { $0.matches(known.key) }) { set |= 1 << UInt64(known.value) }
    }
  }
}
