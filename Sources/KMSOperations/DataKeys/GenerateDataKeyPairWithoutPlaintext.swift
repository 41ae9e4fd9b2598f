// GenerateDataKeyPairWithoutPlaintext: a fresh key pair, its private half sealed only.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension GenerateDataKeyPairWithoutPlaintext: KeyOperation {
  public static func attributes(of input: GenerateDataKeyPairWithoutPlaintextInput) -> RequestAttributes {
    var attributes = RequestAttributes(keyNamed: input.keyID, encryptionContext: input.encryptionContext)
    attributes[.dataKeyPairSpec] = .string(input.keyPairSpec.rawValue)
    return attributes
  }

  public static func charges(
    for input: GenerateDataKeyPairWithoutPlaintextInput, on key: ActiveKey, by caller: AccountRegion
  ) -> [RequestCharge] {
    RequestCharge.charges(
      for: .generateDataKeyPairWithoutPlaintext, caller: caller, keyPairSpec: input.keyPairSpec.rawValue)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: GenerateDataKeyPairWithoutPlaintextInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateDataKeyPairWithoutPlaintextOutput {
    let key = authorized.resource
    let sealed = try await SealedKeyPair(
      input.keyPairSpec, under: key, input.encryptionContext, dryRun: input.dryRun, for: authorized.caller,
      operation: name,
      in: context)
    return GenerateDataKeyPairWithoutPlaintextOutput(
      privateKeyCiphertextBlob: sealed.privateKeyCiphertext, publicKey: sealed.pair.publicKey, keyID: key.arn,
      keyPairSpec: input.keyPairSpec, keyMaterialID: sealed.keyMaterialID)
  }
}
