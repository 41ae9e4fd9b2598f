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
      deletionDate: key.deletionDate, customKeyStoreID: key.customKeyStoreID,
      customerMasterKeySpec: CustomerMasterKeySpec(rawValue: key.spec.rawValue),
      pendingDeletionWindowInDays: key.pendingDeletionWindowInDays,
      xksKeyConfiguration: key.externalKeyID.map { XksKeyConfiguration(id: $0) })
    showAlgorithms(of: key)
    showImport(of: key)
    multiRegionConfiguration = key.multiRegion.map { MultiRegionConfiguration($0, of: key) }
    // Only symmetric keys whose material is here show which of it is current.
    if key.spec == .symmetricDefault, key.customKeyStoreID == nil { currentKeyMaterialID = key.currentMaterial?.id }
  }

  private mutating func showAlgorithms(of key: Key) {
    let algorithms = key.spec.algorithms(for: key.usage)
    switch key.usage {
    case .encryptDecrypt: encryptionAlgorithms = algorithms.map { EncryptionAlgorithm(rawValue: $0) }
    case .signVerify: signingAlgorithms = algorithms.map { SigningAlgorithm(rawValue: $0) }
    case .generateVerifyMAC: macAlgorithms = algorithms.map { MacAlgorithm(rawValue: $0) }
    case .keyAgreement: keyAgreementAlgorithms = algorithms.map { KeyAgreementAlgorithm(rawValue: $0) }
    }
  }

  private mutating func showImport(of key: Key) {
    guard key.origin == .external, !key.lacksMaterial else { return }
    validTo = key.validTo
    expirationModel = validTo == nil ? .keyMaterialDoesNotExpire : .keyMaterialExpires
  }
}

extension MultiRegionConfiguration {
  /// The relatives of a key, itself among them.
  fileprivate init(_ role: MultiRegionRole, of key: Key) {
    func relative(_ region: Region) -> MultiRegionKey {
      let home = AccountRegion(account: key.home.account, region: region)
      return MultiRegionKey(arn: home.keyARN(key.id), region: region.description)
    }
    self.init(
      multiRegionKeyType: key.isPrimary ? .primary : .replica, primaryKey: relative(role.primaryRegion),
      replicaKeys: role.replicaRegions.map(relative))
  }
}
