// A key as DescribeKey and CreateKey show it.

import KMSDomain
import KMSModel

extension KeyMetadata {
  /// The public view of a key.
  init(_ key: Key) {
    self.init(
      awsAccountID: key.home.account.description, keyID: key.id.description, arn: key.arn,
      creationDate: key.creationDate, enabled: key.state == .enabled, description: key.description,
      keyUsage: KMSModel.KeyUsage(rawValue: key.usage.rawValue),
      keyState: KMSModel.KeyState(rawValue: key.state.rawValue), origin: OriginType(rawValue: key.origin.rawValue),
      keyManager: .customer, keySpec: KMSModel.KeySpec(rawValue: key.spec.rawValue), multiRegion: key.id.isMultiRegion,
      deletionDate: key.deletionDate, customerMasterKeySpec: CustomerMasterKeySpec(rawValue: key.spec.rawValue))
    let algorithms = key.spec.algorithms(for: key.usage)
    switch key.usage {
    case .encryptDecrypt: encryptionAlgorithms = algorithms.map { EncryptionAlgorithm(rawValue: $0) }
    case .signVerify: signingAlgorithms = algorithms.map { SigningAlgorithm(rawValue: $0) }
    case .generateVerifyMAC: macAlgorithms = algorithms.map { MacAlgorithm(rawValue: $0) }
    case .keyAgreement: keyAgreementAlgorithms = algorithms.map { KeyAgreementAlgorithm(rawValue: $0) }
    }
    if key.id.isMultiRegion {
      multiRegionConfiguration = MultiRegionConfiguration(
        multiRegionKeyType: .primary, primaryKey: MultiRegionKey(arn: key.arn, region: key.home.region.description),
        replicaKeys: [])
    }
    // Only symmetric keys show which material is current.
    if key.spec == .symmetricDefault { currentKeyMaterialID = key.currentMaterialID }
  }
}
