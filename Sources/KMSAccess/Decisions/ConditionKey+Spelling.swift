// Condition keys as AWS spells them: policies may use any case, explanations should not.

extension ConditionKey {
  /// The key in AWS's spelling; nil for a key that is not known.
  var spelling: String? {
    switch self {
    case .named(let name): Self.spellings[name.rawValue]
    case .encryptionContext(let key): "kms:EncryptionContext:\(key)"
    case .resourceTag(let key): "aws:ResourceTag/\(key)"
    case .requestTag(let key): "aws:RequestTag/\(key)"
    case .principalTag(let key): "aws:PrincipalTag/\(key)"
    case .recipientAttestation(let measurement): "kms:RecipientAttestation:\(measurement)"
    case .other(let name): Self.spellings[name]
    }
  }

  private static let spellings = Dictionary(
    (kms + aws + sts + absent).map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

  private static let kms = [
    "BypassPolicyLockoutSafetyCheck", "DataKeyPairSpec", "EncryptionAlgorithm", "EncryptionContextKeys",
    "ExpirationModel", "GrantConstraintType", "GrantIsForAWSResource", "GrantOperations", "GranteePrincipal",
    "RetiringPrincipal", "KeyAgreementAlgorithm", "MacAlgorithm", "MessageType", "PrimaryRegion",
    "ReEncryptOnSameKey", "ReplicaRegion", "RequestAlias", "RotationPeriodInDays",
    "ScheduleKeyDeletionPendingWindowInDays", "SigningAlgorithm", "TrailingDaysWithoutKeyUsage", "ValidTo",
    "WrappingAlgorithm", "WrappingKeySpec", "CustomerMasterKeySpec", "CustomerMasterKeyUsage", "KeyOrigin", "KeySpec",
    "KeyUsage", "MultiRegion", "MultiRegionKeyType", "ResourceAliases", "CallerAccount",
  ].map { "kms:\($0)" }

  private static let aws = [
    "TagKeys", "ResourceAccount", "PrincipalArn", "PrincipalAccount", "PrincipalType", "PrincipalIsAWSService",
    "userid", "username", "TokenIssueTime", "MultiFactorAuthPresent", "SourceIdentity", "FederatedProvider",
    "ViaAWSService", "SourceIp", "SecureTransport", "UserAgent", "CurrentTime", "EpochTime", "RequestedRegion",
  ].map { "aws:\($0)" }

  /// What AWS knows and no request here has: policies ask about it all the same.
  private static let absent = [
    "kms:ViaService", "kms:GranteeServicePrincipal", "kms:RetiringServicePrincipal", "kms:GrantConstraintSourceArn",
    "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
    "aws:MultiFactorAuthAge", "aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", "aws:SourceArn",
    "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:CalledVia", "aws:CalledViaFirst",
    "aws:CalledViaLast", "aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:Referer",
  ]

  private static let sts = ["ExternalId", "RoleSessionName", "SourceIdentity", "TransitiveTagKeys"].map { "sts:\($0)" }
}
