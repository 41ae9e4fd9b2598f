// GenerateDataKeyWithoutPlaintext: a fresh symmetric key, sealed only.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension GenerateDataKeyWithoutPlaintext: KeyOperation {
  public static func check(_ input: GenerateDataKeyWithoutPlaintextInput) throws(Fault) {
    _ = try dataKeySize(input.keySpec, input.numberOfBytes)
  }

  public static func resolve(
    _ input: GenerateDataKeyWithoutPlaintextInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey {
    try await context.key(named: input.keyID, for: caller, to: name, grantTokens: input.grantTokens)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: GenerateDataKeyWithoutPlaintextInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateDataKeyWithoutPlaintextOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    try key.require(.encryptDecrypt, algorithm: "SYMMETRIC_DEFAULT", for: name)
    if input.dryRun == true { throw .dryRun }

    let plaintext = RandomBytes.bytes(count: try dataKeySize(input.keySpec, input.numberOfBytes))
    let (blob, materialID) = try await context.seal(
      plaintext, under: key, input.encryptionContext, for: authorized.caller, operation: name)
    return GenerateDataKeyWithoutPlaintextOutput(ciphertextBlob: blob, keyID: key.arn, keyMaterialID: materialID)
  }
}
