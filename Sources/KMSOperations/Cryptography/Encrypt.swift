// Encrypt: up to 4,096 bytes of the caller's own, under a KMS key.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension Encrypt: KeyOperation {
  public static func resolve(
    _ input: EncryptInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey {
    try await context.key(named: input.keyID, for: caller, to: name, grantTokens: input.grantTokens)
  }

  public static func perform(
    _ input: EncryptInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> EncryptOutput {
    let key = authorized.resource
    try StateRule.cryptographic.check(key.record)
    try key.requireEncryption(
      algorithm: input.encryptionAlgorithm, encryptionContext: input.encryptionContext, for: name)
    if input.dryRun == true { throw .dryRun }

    let (blob, _) = try key.seal(input.plaintext, input.encryptionContext)
    return EncryptOutput(ciphertextBlob: blob, keyID: key.arn, encryptionAlgorithm: .symmetricDefault)
  }
}
