// What conditions of policies ask about.

/// A condition key, parsed once so that a request is not searched by text. The case of keys does not matter.
public enum ConditionKey: Hashable, Sendable {
  /// A key whose name is always the same.
  case named(Name)
  /// `kms:EncryptionContext:k`, with `k` in lower case.
  case encryptionContext(String)
  /// `aws:ResourceTag/k`, with `k` in lower case.
  case resourceTag(String)
  /// `aws:RequestTag/k`, with `k` in lower case.
  case requestTag(String)
  /// `aws:PrincipalTag/k`, with `k` in lower case.
  case principalTag(String)
  /// `kms:RecipientAttestation:m`, with `m` in lower case: `imagesha384`, `pcr0`, `nitrotpmpcr4`.
  case recipientAttestation(String)
  /// Any other, in lower case: a claim of a web identity such as `accounts.google.com:sub`, or a key that no request
  /// here ever has.
  case other(String)

  /// The keys whose names are fixed, in lower case.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    // Of the operation.
    case bypassPolicyLockoutSafetyCheck = "kms:bypasspolicylockoutsafetycheck"
    case dataKeyPairSpec = "kms:datakeypairspec"
    case encryptionAlgorithm = "kms:encryptionalgorithm"
    case encryptionContextKeys = "kms:encryptioncontextkeys"
    case expirationModel = "kms:expirationmodel"
    case grantConstraintType = "kms:grantconstrainttype"
    case grantIsForAWSResource = "kms:grantisforawsresource"
    case grantOperations = "kms:grantoperations"
    case granteePrincipal = "kms:granteeprincipal"
    case retiringPrincipal = "kms:retiringprincipal"
    case keyAgreementAlgorithm = "kms:keyagreementalgorithm"
    case macAlgorithm = "kms:macalgorithm"
    case messageType = "kms:messagetype"
    case primaryRegion = "kms:primaryregion"
    case reEncryptOnSameKey = "kms:reencryptonsamekey"
    case replicaRegion = "kms:replicaregion"
    case requestAlias = "kms:requestalias"
    case rotationPeriodInDays = "kms:rotationperiodindays"
    case pendingWindowInDays = "kms:schedulekeydeletionpendingwindowindays"
    case signingAlgorithm = "kms:signingalgorithm"
    case trailingDaysWithoutKeyUsage = "kms:trailingdayswithoutkeyusage"
    case validTo = "kms:validto"
    case wrappingAlgorithm = "kms:wrappingalgorithm"
    case wrappingKeySpec = "kms:wrappingkeyspec"
    case tagKeys = "aws:tagkeys"
    // Of the key; of the request when a key is made.
    case customerMasterKeySpec = "kms:customermasterkeyspec"
    case customerMasterKeyUsage = "kms:customermasterkeyusage"
    case keyOrigin = "kms:keyorigin"
    case keySpec = "kms:keyspec"
    case keyUsage = "kms:keyusage"
    case multiRegion = "kms:multiregion"
    case multiRegionKeyType = "kms:multiregionkeytype"
    case resourceAliases = "kms:resourcealiases"
    case resourceAccount = "aws:resourceaccount"
    // Of the caller.
    case callerAccount = "kms:calleraccount"
    case principalARN = "aws:principalarn"
    case principalAccount = "aws:principalaccount"
    case principalType = "aws:principaltype"
    case principalIsAWSService = "aws:principalisawsservice"
    case userID = "aws:userid"
    case username = "aws:username"
    case tokenIssueTime = "aws:tokenissuetime"
    case multiFactorAuthPresent = "aws:multifactorauthpresent"
    case sourceIdentity = "aws:sourceidentity"
    case federatedProvider = "aws:federatedprovider"
    case viaAWSService = "aws:viaawsservice"
    // Of the request.
    case sourceIP = "aws:sourceip"
    case secureTransport = "aws:securetransport"
    case userAgent = "aws:useragent"
    case currentTime = "aws:currenttime"
    case epochTime = "aws:epochtime"
    case requestedRegion = "aws:requestedregion"
    // Of AssumeRole.
    case externalID = "sts:externalid"
    case roleSessionName = "sts:rolesessionname"
    case sessionSourceIdentity = "sts:sourceidentity"
    case transitiveTagKeys = "sts:transitivetagkeys"
  }

  /// Takes a key's name apart; every text is some key.
  public init(_ text: String) {
    let text = text.lowercased()
    if let name = Name(rawValue: text) {
      self = .named(name)
      return
    }
    let families: [(prefix: String, make: (String) -> ConditionKey)] = [
      ("kms:encryptioncontext:", ConditionKey.encryptionContext), ("aws:resourcetag/", ConditionKey.resourceTag),
      ("aws:requesttag/", ConditionKey.requestTag), ("aws:principaltag/", ConditionKey.principalTag),
      ("kms:recipientattestation:", ConditionKey.recipientAttestation),
    ]
    for family in families where text.hasPrefix(family.prefix) {
      self = family.make(String(text.dropFirst(family.prefix.count)))
      return
    }
    self = .other(text)
  }
}
