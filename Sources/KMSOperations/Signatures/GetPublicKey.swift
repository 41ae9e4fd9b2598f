// GetPublicKey: the public half of an asymmetric key, for use outside the service.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension GetPublicKey: KeyOperation {
  public static func perform(
    _ input: GetPublicKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GetPublicKeyOutput {
    let key = authorized.resource.record
    guard key.spec.keyClass == .asymmetric else { throw .noPublicKey(key.arn, key.spec) }
    try StateRule.publicKey.check(key)
    // Nothing was ever imported.
    guard let publicKey = key.publicKey else { throw .pendingImport(key.arn) }
    let metadata = KeyMetadata(key)
    return GetPublicKeyOutput(
      keyID: key.arn, publicKey: publicKey, keySpec: metadata.keySpec, keyUsage: metadata.keyUsage,
      customerMasterKeySpec: metadata.customerMasterKeySpec, encryptionAlgorithms: metadata.encryptionAlgorithms,
      signingAlgorithms: metadata.signingAlgorithms, keyAgreementAlgorithms: metadata.keyAgreementAlgorithms)
  }
}
