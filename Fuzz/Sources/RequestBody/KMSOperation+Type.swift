// From an operation's name to its types. The compiler sees to it that none is missing.

import AWSJSON
import KMSModel

extension KMSOperation {
  /// The operation's input and output.
  var type: any AWSJSONOperation.Type {
    switch self {
    case .cancelKeyDeletion: CancelKeyDeletion.self
    case .connectCustomKeyStore: ConnectCustomKeyStore.self
    case .createAlias: CreateAlias.self
    case .createCustomKeyStore: CreateCustomKeyStore.self
    case .createGrant: CreateGrant.self
    case .createKey: CreateKey.self
    case .decrypt: Decrypt.self
    case .deleteAlias: DeleteAlias.self
    case .deleteCustomKeyStore: DeleteCustomKeyStore.self
    case .deleteImportedKeyMaterial: DeleteImportedKeyMaterial.self
    case .deriveSharedSecret: DeriveSharedSecret.self
    case .describeCustomKeyStores: DescribeCustomKeyStores.self
    case .describeKey: DescribeKey.self
    case .disableKey: DisableKey.self
    case .disableKeyRotation: DisableKeyRotation.self
    case .disconnectCustomKeyStore: DisconnectCustomKeyStore.self
    case .enableKey: EnableKey.self
    case .enableKeyRotation: EnableKeyRotation.self
    case .encrypt: Encrypt.self
    case .generateDataKey: GenerateDataKey.self
    case .generateDataKeyPair: GenerateDataKeyPair.self
    case .generateDataKeyPairWithoutPlaintext: GenerateDataKeyPairWithoutPlaintext.self
    case .generateDataKeyWithoutPlaintext: GenerateDataKeyWithoutPlaintext.self
    case .generateMac: GenerateMac.self
    case .generateRandom: GenerateRandom.self
    case .getKeyLastUsage: GetKeyLastUsage.self
    case .getKeyPolicy: GetKeyPolicy.self
    case .getKeyRotationStatus: GetKeyRotationStatus.self
    case .getParametersForImport: GetParametersForImport.self
    case .getPublicKey: GetPublicKey.self
    case .importKeyMaterial: ImportKeyMaterial.self
    case .listAliases: ListAliases.self
    case .listGrants: ListGrants.self
    case .listKeyPolicies: ListKeyPolicies.self
    case .listKeyRotations: ListKeyRotations.self
    case .listKeys: ListKeys.self
    case .listResourceTags: ListResourceTags.self
    case .listRetirableGrants: ListRetirableGrants.self
    case .putKeyPolicy: PutKeyPolicy.self
    case .reEncrypt: ReEncrypt.self
    case .replicateKey: ReplicateKey.self
    case .retireGrant: RetireGrant.self
    case .revokeGrant: RevokeGrant.self
    case .rotateKeyOnDemand: RotateKeyOnDemand.self
    case .scheduleKeyDeletion: ScheduleKeyDeletion.self
    case .sign: Sign.self
    case .tagResource: TagResource.self
    case .untagResource: UntagResource.self
    case .updateAlias: UpdateAlias.self
    case .updateCustomKeyStore: UpdateCustomKeyStore.self
    case .updateKeyDescription: UpdateKeyDescription.self
    case .updatePrimaryRegion: UpdatePrimaryRegion.self
    case .verify: Verify.self
    case .verifyMac: VerifyMac.self
    }
  }
}
