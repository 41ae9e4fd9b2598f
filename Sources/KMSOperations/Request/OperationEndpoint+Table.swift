// The endpoint of every operation. A new operation of the model breaks the build here until it is performed.

public import KMSModel

extension OperationEndpoint {
  /// The endpoint of an operation.
  public static func of(_ operation: KMSOperation) -> OperationEndpoint {
    all[operation] ?? endpoint(of: operation)
  }

  private static let all: [KMSOperation: OperationEndpoint] = {
    var table: [KMSOperation: OperationEndpoint] = [:]
    for operation in KMSOperation.allCases { table[operation] = endpoint(of: operation) }
    return table
  }()

  private static func endpoint(of operation: KMSOperation) -> OperationEndpoint {
    switch operation {
    case .cancelKeyDeletion: .init(CancelKeyDeletion.self)
    case .connectCustomKeyStore: .init(ConnectCustomKeyStore.self)
    case .createAlias: .init(CreateAlias.self)
    case .createCustomKeyStore: .init(CreateCustomKeyStore.self)
    case .createGrant: .init(CreateGrant.self)
    case .createKey: .init(CreateKey.self)
    case .decrypt: .init(Decrypt.self)
    case .deleteAlias: .init(DeleteAlias.self)
    case .deleteCustomKeyStore: .init(DeleteCustomKeyStore.self)
    case .deleteImportedKeyMaterial: .init(DeleteImportedKeyMaterial.self)
    case .deriveSharedSecret: .init(DeriveSharedSecret.self)
    case .describeCustomKeyStores: .init(DescribeCustomKeyStores.self)
    case .describeKey: .init(DescribeKey.self)
    case .disableKey: .init(DisableKey.self)
    case .disableKeyRotation: .init(DisableKeyRotation.self)
    case .disconnectCustomKeyStore: .init(DisconnectCustomKeyStore.self)
    case .enableKey: .init(EnableKey.self)
    case .enableKeyRotation: .init(EnableKeyRotation.self)
    case .encrypt: .init(Encrypt.self)
    case .generateDataKey: .init(GenerateDataKey.self)
    case .generateDataKeyPair: .init(GenerateDataKeyPair.self)
    case .generateDataKeyPairWithoutPlaintext: .init(GenerateDataKeyPairWithoutPlaintext.self)
    case .generateDataKeyWithoutPlaintext: .init(GenerateDataKeyWithoutPlaintext.self)
    case .generateMac: .init(GenerateMac.self)
    case .generateRandom: .init(GenerateRandom.self)
    case .getKeyLastUsage: .init(GetKeyLastUsage.self)
    case .getKeyPolicy: .init(GetKeyPolicy.self)
    case .getKeyRotationStatus: .init(GetKeyRotationStatus.self)
    case .getParametersForImport: .init(GetParametersForImport.self)
    case .getPublicKey: .init(GetPublicKey.self)
    case .importKeyMaterial: .init(ImportKeyMaterial.self)
    case .listAliases: .init(ListAliases.self)
    case .listGrants: .init(ListGrants.self)
    case .listKeyPolicies: .init(ListKeyPolicies.self)
    case .listKeyRotations: .init(ListKeyRotations.self)
    case .listKeys: .init(ListKeys.self)
    case .listResourceTags: .init(ListResourceTags.self)
    case .listRetirableGrants: .init(ListRetirableGrants.self)
    case .putKeyPolicy: .init(PutKeyPolicy.self)
    case .reEncrypt: .init(ReEncrypt.self)
    case .replicateKey: .init(ReplicateKey.self)
    case .retireGrant: .init(RetireGrant.self)
    case .revokeGrant: .init(RevokeGrant.self)
    case .rotateKeyOnDemand: .init(RotateKeyOnDemand.self)
    case .scheduleKeyDeletion: .init(ScheduleKeyDeletion.self)
    case .sign: .init(Sign.self)
    case .tagResource: .init(TagResource.self)
    case .untagResource: .init(UntagResource.self)
    case .updateAlias: .init(UpdateAlias.self)
    case .updateCustomKeyStore: .init(UpdateCustomKeyStore.self)
    case .updateKeyDescription: .init(UpdateKeyDescription.self)
    case .updatePrimaryRegion: .init(UpdatePrimaryRegion.self)
    case .verify: .init(Verify.self)
    case .verifyMac: .init(VerifyMac.self)
    }
  }
}
