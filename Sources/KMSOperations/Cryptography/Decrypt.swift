// Decrypt: opens what Encrypt, GenerateDataKey and GenerateDataKeyPair sealed.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension Decrypt: ServedOperation {
  public static func check(_ input: DecryptInput) throws(Fault) {
    _ = try ignoresCiphertext(input)
  }

  public static func resolve(
    _ input: DecryptInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> CiphertextSource {
    try context.check(input.grantTokens, for: caller)
    return try await context.source(
      of: input.ciphertextBlob, keyNamed: input.keyID, algorithm: input.encryptionAlgorithm,
      ignoringCiphertext: try ignoresCiphertext(input), for: caller, to: name)
  }

  public static func demands(of input: DecryptInput, on source: CiphertextSource) -> [AccessDemand] {
    [
      AccessDemand(
        name, on: .key(source.key.guarded), attributes(of: input), faultElsewhere: source.faultElsewhere)
    ]
  }

  public static func attributes(of input: DecryptInput) -> RequestAttributes {
    RequestAttributes(
      keyNamed: input.keyID, encryptionContext: input.encryptionContext, algorithm: input.encryptionAlgorithm)
  }

  public static func recorded(_ input: DecryptInput) -> DecryptInput {
    var input = input
    input.encryptionAlgorithm = input.encryptionAlgorithm ?? .symmetricDefault
    return input
  }

  /// A request need not name its key: the record does.
  public static func recorded(_ input: DecryptInput, on source: CiphertextSource) -> DecryptInput? {
    guard input.keyID == nil else { return nil }
    var input = recorded(input)
    input.keyID = source.key.arn
    return input
  }

  public static func keysUsed(by source: CiphertextSource) -> [ActiveKey] { [source.key] }

  public static func perform(
    _ input: DecryptInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DecryptOutput {
    let source = authorized.resource
    let opened = try await source.open(
      input.encryptionContext, algorithm: input.encryptionAlgorithm, for: authorized.caller, operation: name,
      in: context)
    guard input.dryRun != true, let opened else { throw .dryRun }

    return DecryptOutput(
      keyID: source.key.arn, encryptionAlgorithm: opened.algorithm, plaintext: opened.plaintext,
      keyMaterialID: opened.keyMaterialID)
  }

  private static func ignoresCiphertext(_ input: DecryptInput) throws(Fault) -> Bool {
    try OperationContext.checkDryRunModifiers(
      input.dryRunModifiers, dryRun: input.dryRun, ciphertext: input.ciphertextBlob, keyNamed: input.keyID,
      keyMember: "KeyId")
  }
}
