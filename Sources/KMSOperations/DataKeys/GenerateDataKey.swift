// GenerateDataKey: a fresh symmetric key, in clear and sealed.

public import KMSAccess
import KMSCrypto
public import KMSDomain
public import KMSModel

extension GenerateDataKey: KeyOperation {
  public static func check(_ input: GenerateDataKeyInput) throws(Fault) {
    guard input.recipient == nil else { throw .attestedRecipient }
    _ = try dataKeySize(input.keySpec, input.numberOfBytes)
  }

  public static func resolve(
    _ input: GenerateDataKeyInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey {
    try await context.key(named: input.keyID, for: caller, to: name, grantTokens: input.grantTokens)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: GenerateDataKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GenerateDataKeyOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    try key.require(.encryptDecrypt, algorithm: "SYMMETRIC_DEFAULT", for: name)
    if input.dryRun == true { throw .dryRun }

    let plaintext = RandomBytes.bytes(count: try dataKeySize(input.keySpec, input.numberOfBytes))
    let (blob, materialID) = try await context.seal(
      plaintext, under: key, input.encryptionContext, for: authorized.caller, operation: name)
    return GenerateDataKeyOutput(
      ciphertextBlob: blob, keyID: key.arn, plaintext: plaintext, keyMaterialID: materialID)
  }
}
