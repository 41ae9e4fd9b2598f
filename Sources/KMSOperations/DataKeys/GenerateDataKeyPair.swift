// GenerateDataKeyPair: a fresh key pair; its private half in clear and sealed.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension GenerateDataKeyPair: KeyOperation {
  public static func attributes(of input: GenerateDataKeyPairInput) -> RequestAttributes {
    var attributes = RequestAttributes(keyNamed: input.keyID, encryptionContext: input.encryptionContext)
    attributes[.dataKeyPairSpec] = .string(input.keyPairSpec.rawValue)
    return attributes
  }

  public static func charges(
    for input: GenerateDataKeyPairInput, on key: ActiveKey, by caller: AccountRegion
  ) -> [RequestCharge] {
    RequestCharge.charges(for: .generateDataKeyPair, caller: caller, keyPairSpec: input.keyPairSpec.rawValue)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: GenerateDataKeyPairInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateDataKeyPairOutput {
    let key = authorized.resource
    let sealed = try await SealedKeyPair(
      input.keyPairSpec, under: key, input.encryptionContext, dryRun: input.dryRun, for: authorized.caller,
      operation: name,
      in: context)
    return GenerateDataKeyPairOutput(
      privateKeyCiphertextBlob: sealed.privateKeyCiphertext, publicKey: sealed.pair.publicKey, keyID: key.arn,
      keyPairSpec: input.keyPairSpec, privateKeyPlaintext: sealed.pair.privateKey, keyMaterialID: sealed.keyMaterialID)
  }
}
