// Which operations this service performs. A new operation of the model breaks the build here until it is decided on.

public import KMSModel

extension OperationEndpoint {
  /// The endpoint of every operation that is performed; what is not listed here answers UnsupportedOperationException.
  public static let all: [KMSOperation: OperationEndpoint] = {
    var table: [KMSOperation: OperationEndpoint] = [:]
    for operation in KMSOperation.allCases { table[operation] = endpoint(of: operation) }
    return table
  }()

  private static func endpoint(of operation: KMSOperation) -> OperationEndpoint? {
    switch operation {
    case .cancelKeyDeletion: .init(CancelKeyDeletion.self)
    case .createAlias: .init(CreateAlias.self)
    case .createKey: .init(CreateKey.self)
    case .decrypt: .init(Decrypt.self)
    case .deleteAlias: .init(DeleteAlias.self)
    case .describeKey: .init(DescribeKey.self)
    case .disableKey: .init(DisableKey.self)
    case .enableKey: .init(EnableKey.self)
    case .encrypt: .init(Encrypt.self)
    case .generateDataKey: .init(GenerateDataKey.self)
    case .generateDataKeyPair: .init(GenerateDataKeyPair.self)
    case .generateDataKeyPairWithoutPlaintext: .init(GenerateDataKeyPairWithoutPlaintext.self)
    case .generateDataKeyWithoutPlaintext: .init(GenerateDataKeyWithoutPlaintext.self)
    case .generateRandom: .init(GenerateRandom.self)
    case .listAliases: .init(ListAliases.self)
    case .listKeys: .init(ListKeys.self)
    case .reEncrypt: .init(ReEncrypt.self)
    case .scheduleKeyDeletion: .init(ScheduleKeyDeletion.self)
    case .updateAlias: .init(UpdateAlias.self)
    case .updateKeyDescription: .init(UpdateKeyDescription.self)

    case .connectCustomKeyStore, .createCustomKeyStore, .createGrant, .deleteCustomKeyStore,
      .deleteImportedKeyMaterial, .deriveSharedSecret, .describeCustomKeyStores, .disableKeyRotation,
      .disconnectCustomKeyStore, .enableKeyRotation, .generateMac, .getKeyLastUsage, .getKeyPolicy,
      .getKeyRotationStatus, .getParametersForImport, .getPublicKey, .importKeyMaterial, .listGrants,
      .listKeyPolicies, .listKeyRotations, .listResourceTags, .listRetirableGrants, .putKeyPolicy, .replicateKey,
      .retireGrant, .revokeGrant, .rotateKeyOnDemand, .sign, .tagResource, .untagResource, .updateCustomKeyStore,
      .updatePrimaryRegion, .verify, .verifyMac:
      nil
    }
  }
}
