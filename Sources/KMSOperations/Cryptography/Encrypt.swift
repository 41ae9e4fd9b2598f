// Encrypt: up to 4,096 bytes of the caller's own, under a KMS key.

public import KMSAccess
public import KMSDomain
public import KMSModel
import SecureMemory

extension Encrypt: KeyOperation {
  public static func attributes(of input: EncryptInput) -> RequestAttributes {
    RequestAttributes(
      keyNamed: input.keyID, encryptionContext: input.encryptionContext, algorithm: input.encryptionAlgorithm)
  }

  public static func keysUsed(by key: ActiveKey) -> [ActiveKey] { [key] }

  public static func perform(
    _ input: EncryptInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> EncryptOutput {
    let key = authorized.resource
    try key.requireUsable(now: context.now())
    let method = try key.encryptionMethod(
      input.encryptionAlgorithm, encryptionContext: input.encryptionContext, for: name)
    try key.requireFit(input.plaintext.count, method)
    if input.dryRun == true { throw .dryRun }

    let (ciphertext, _) = try await context.encrypt(
      input.plaintext, under: key, method, input.encryptionContext, for: authorized.caller, operation: name)
    return EncryptOutput(ciphertextBlob: ciphertext, keyID: key.arn, encryptionAlgorithm: method.algorithm)
  }
}
