// Which condition keys the requests for an action have, and which of them the command line may give a value.

import KMSAccess

extension ExplainedAction {
  /// Where the value of a condition key comes from.
  enum ConditionSource {
    /// It is what the command line says.
    case given
    /// It follows from something else, which has this name.
    case follows(from: String)
    /// No request for the action has it.
    case absent
  }

  /// Where the value of `name` comes from.
  func source(of name: ConditionKey.Name) -> ConditionSource {
    switch name {
    case .sourceIP, .secureTransport, .userAgent, .currentTime, .epochTime: .given
    // Only sessions of roles have these, which ``ExplainedSession`` sees to.
    case .tokenIssueTime, .sourceIdentity, .federatedProvider: .given
    case .requestedRegion: .follows(from: "--region")
    case .callerAccount, .principalARN, .principalAccount, .principalType, .principalIsAWSService, .userID, .username,
      .multiFactorAuthPresent, .viaAWSService:
      .follows(from: "--principal")
    case .keySpec, .keyUsage, .keyOrigin, .multiRegion: makesKey ? .given : keySource
    case .customerMasterKeySpec: makesKey ? .follows(from: "kms:KeySpec") : keySource
    case .customerMasterKeyUsage: makesKey ? .follows(from: "kms:KeyUsage") : keySource
    case .multiRegionKeyType: makesKey ? .follows(from: "kms:MultiRegion") : keySource
    case .resourceAliases: keySource
    case .resourceAccount: isOnKey ? keySource : .follows(from: "--principal")
    case .requestAlias: takesAlias ? keySource : .absent
    case .encryptionContextKeys where self.name == "RetireGrant": .follows(from: "--grant")
    case .encryptionContextKeys: takesEncryptionContext ? .follows(from: "--encryption-context") : .absent
    case .grantConstraintType where self.name == "RetireGrant": .follows(from: "--grant")
    case .encryptionAlgorithm: encrypts ? .given : .absent
    case .tagKeys where takesTags: .follows(from: "--tag")
    default: Self.askers[name]?.contains(self.name) == true ? .given : .absent
    }
  }

  private var makesKey: Bool { name == "CreateKey" }

  private var isOnKey: Bool { ![.account, .principal].contains(object) }

  private var keySource: ConditionSource { isOnKey ? .follows(from: "--key") : .absent }

  /// The actions whose requests have a condition key that says something of their parameters.
  private static let askers: [ConditionKey.Name: Set<String>] = [
    .bypassPolicyLockoutSafetyCheck: ["CreateKey", "PutKeyPolicy", "ReplicateKey"],
    .dataKeyPairSpec: ["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"],
    .expirationModel: ["ImportKeyMaterial"],
    .validTo: ["ImportKeyMaterial"],
    .grantConstraintType: ["CreateGrant"],
    .grantIsForAWSResource: ["CreateGrant", "ListGrants", "RevokeGrant"],
    .grantOperations: ["CreateGrant"],
    .granteePrincipal: ["CreateGrant"],
    .retiringPrincipal: ["CreateGrant"],
    .keyAgreementAlgorithm: ["DeriveSharedSecret"],
    .macAlgorithm: ["GenerateMac", "VerifyMac"],
    .messageType: ["Sign", "Verify"],
    .signingAlgorithm: ["Sign", "Verify"],
    .primaryRegion: ["UpdatePrimaryRegion"],
    .reEncryptOnSameKey: ["ReEncryptFrom", "ReEncryptTo"],
    .replicaRegion: ["ReplicateKey"],
    .rotationPeriodInDays: ["EnableKeyRotation"],
    .pendingWindowInDays: ["ScheduleKeyDeletion"],
    .trailingDaysWithoutKeyUsage: ["DisableKey", "ScheduleKeyDeletion"],
    .wrappingAlgorithm: ["GetParametersForImport"],
    .wrappingKeySpec: ["GetParametersForImport"],
    .tagKeys: ["UntagResource"],
  ]
}
