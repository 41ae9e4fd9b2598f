// GenerateDataKeyWithoutPlaintext: a fresh symmetric key, sealed only.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension GenerateDataKeyWithoutPlaintext: KeyOperation {
  public static func check(_ input: GenerateDataKeyWithoutPlaintextInput) throws(Fault) {
    _ = try SealedDataKey.byteCount(input.keySpec, input.numberOfBytes)
  }

  public static func attributes(of input: GenerateDataKeyWithoutPlaintextInput) -> RequestAttributes {
    RequestAttributes(keyNamed: input.keyID, encryptionContext: input.encryptionContext)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: GenerateDataKeyWithoutPlaintextInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateDataKeyWithoutPlaintextOutput {
    let key = authorized.resource
    let sealed = try await SealedDataKey(
      byteCount: try SealedDataKey.byteCount(input.keySpec, input.numberOfBytes), under: key, input.encryptionContext,
      dryRun: input.dryRun, for: authorized.caller, operation: name, in: context)
    return GenerateDataKeyWithoutPlaintextOutput(
      ciphertextBlob: sealed.ciphertext, keyID: key.arn, keyMaterialID: sealed.keyMaterialID)
  }
}
