// What can be done with another account's key.

/// The actions that KMS performs for callers of other accounts. For all others, what a key policy says of them is
/// without effect.
enum CrossAccount {
  static let actions: Set<String> = [
    "CreateGrant", "Decrypt", "DeriveSharedSecret", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac", "GetKeyRotationStatus",
    "GetPublicKey", "ListGrants", "ReEncryptFrom", "ReEncryptTo", "RetireGrant", "RevokeGrant", "Sign", "Verify",
    "VerifyMac",
  ]
}

extension AccessDemand {
  /// Whether an action is ever performed for a caller of another account.
  public static func isPerformedAcrossAccounts(_ action: String) -> Bool { CrossAccount.actions.contains(action) }
}
