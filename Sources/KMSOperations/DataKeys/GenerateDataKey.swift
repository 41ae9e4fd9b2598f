// GenerateDataKey: a fresh symmetric key, in clear and sealed.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension GenerateDataKey: KeyOperation {
  public static func check(_ input: GenerateDataKeyInput) throws(Fault) {
    _ = try SealedDataKey.byteCount(input.keySpec, input.numberOfBytes)
  }

  public static func attributes(of input: GenerateDataKeyInput) -> RequestAttributes {
    RequestAttributes(keyNamed: input.keyID, encryptionContext: input.encryptionContext)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: GenerateDataKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateDataKeyOutput {
    let key = authorized.resource
    let sealed = try await SealedDataKey(
      byteCount: try SealedDataKey.byteCount(input.keySpec, input.numberOfBytes), under: key, input.encryptionContext,
      dryRun: input.dryRun, for: authorized.caller, operation: name, in: context)
    return GenerateDataKeyOutput(
      ciphertextBlob: sealed.ciphertext, keyID: key.arn, plaintext: sealed.plaintext,
      keyMaterialID: sealed.keyMaterialID)
  }
}
