// A key as DescribeKey and CreateKey show it.

import KMSDomain
import KMSModel

extension KeyMetadata {
  /// The public view of a key.
  init(_ key: Key) {
    let algorithms = key.spec.algorithms(for: key.usage)
    self.init(keyID: key.id.description)
    awsAccountID = key.home.account.description
    arn = key.arn
    creationDate = key.creationDate
    enabled = key.state == .enabled
    description = key.description
    keyUsage = KeyUsageType(rawValue: key.usage.rawValue)
    keyState = KMSModel.KeyState(rawValue: key.state.rawValue)
    deletionDate = key.deletionDate
    origin = OriginType(rawValue: key.origin.rawValue)
    keyManager = .customer
    customerMasterKeySpec = CustomerMasterKeySpec(rawValue: key.spec.rawValue)
    keySpec = KMSModel.KeySpec(rawValue: key.spec.rawValue)
    switch key.usage {
    case .encryptDecrypt: encryptionAlgorithms = algorithms.map(EncryptionAlgorithmSpec.init(rawValue:))
    case .signVerify: signingAlgorithms = algorithms.map(SigningAlgorithmSpec.init(rawValue:))
    case .generateVerifyMAC: macAlgorithms = algorithms.map(MacAlgorithmSpec.init(rawValue:))
    case .keyAgreement: keyAgreementAlgorithms = algorithms.map(KeyAgreementAlgorithmSpec.init(rawValue:))
    }
    multiRegion = key.id.isMultiRegion
    if key.id.isMultiRegion {
      multiRegionConfiguration = MultiRegionConfiguration(
        multiRegionKeyType: .primary, primaryKey: MultiRegionKey(arn: key.arn, region: key.home.region.description),
        replicaKeys: [])
    }
    // Only symmetric keys show which material is current.
    if key.spec == .symmetricDefault { currentKeyMaterialID = key.currentMaterialID }
  }
}
