// ReEncrypt: from one key or context to another, the plaintext never leaving the service.

public import KMSAccess
public import KMSDomain
public import KMSModel
import SecureMemory

/// The two sides of a ReEncrypt, as far as they were found.
///
/// A side that was not found is refused when its turn to be authorized comes, so that the order of refusals does not tell
/// whether another account has the other one.
public struct ReEncryptKeys: Sendable {
  let source: Result<CiphertextSource, Fault>
  let destination: Result<ActiveKey, Fault>
}

extension ReEncrypt: ServedOperation {
  public static func check(_ input: ReEncryptInput) throws(Fault) {
    _ = try ignoresCiphertext(input)
  }

  public static func resolve(
    _ input: ReEncryptInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ReEncryptKeys {
    try context.check(input.grantTokens, for: caller)
    let source = await Result.of { () async throws(Fault) in
      try await context.source(
        of: input.ciphertextBlob, keyNamed: input.sourceKeyID, algorithm: input.sourceEncryptionAlgorithm,
        ignoringCiphertext: try ignoresCiphertext(input), for: caller, to: "ReEncryptFrom")
    }
    let destination = await Result.of { () async throws(Fault) in
      try await context.key(named: input.destinationKeyID, for: caller, to: "ReEncryptTo")
    }
    return ReEncryptKeys(source: source, destination: destination)
  }

  public static func demands(of input: ReEncryptInput, on keys: ReEncryptKeys) -> [AccessDemand] {
    let source = try? keys.source.get()
    let destination = try? keys.destination.get()
    var from = RequestAttributes(
      keyNamed: input.sourceKeyID, encryptionContext: input.sourceEncryptionContext,
      algorithm: input.sourceEncryptionAlgorithm)
    var to = RequestAttributes(
      keyNamed: input.destinationKeyID, encryptionContext: input.destinationEncryptionContext,
      algorithm: input.destinationEncryptionAlgorithm)
    let isSameKey = source != nil && source?.key.arn == destination?.arn
    from[.reEncryptOnSameKey] = .bool(isSameKey)
    to[.reEncryptOnSameKey] = .bool(isSameKey)
    return [
      AccessDemand(
        "ReEncryptFrom", on: keys.source.demanded { $0.key.guarded }, from, faultElsewhere: source?.faultElsewhere),
      AccessDemand("ReEncryptTo", on: keys.destination.demanded { $0.guarded }, to),
    ]
  }

  public static func recorded(_ input: ReEncryptInput) -> ReEncryptInput {
    var input = input
    input.sourceEncryptionAlgorithm = input.sourceEncryptionAlgorithm ?? .symmetricDefault
    input.destinationEncryptionAlgorithm = input.destinationEncryptionAlgorithm ?? .symmetricDefault
    return input
  }

  /// A request need not name its source key: the record does.
  public static func recorded(_ input: ReEncryptInput, on keys: ReEncryptKeys) -> ReEncryptInput? {
    guard input.sourceKeyID == nil, let source = try? keys.source.get() else { return nil }
    var input = recorded(input)
    input.sourceKeyID = source.key.arn
    return input
  }

  public static func keysUsed(by keys: ReEncryptKeys) -> [ActiveKey] {
    [try? keys.source.get().key, try? keys.destination.get()].compactMap(\.self)
  }

  public static func perform(
    _ input: ReEncryptInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ReEncryptOutput {
    let source = try authorized.resource.source.get()
    let destination = try authorized.resource.destination.get()
    let caller = authorized.caller
    try source.key.requireUsable(now: context.now())
    try destination.requireUsable(now: context.now())
    let method = try destination.encryptionMethod(
      input.destinationEncryptionAlgorithm, encryptionContext: input.destinationEncryptionContext, for: name)
    let opened = try await source.open(
      input.sourceEncryptionContext, algorithm: input.sourceEncryptionAlgorithm, for: caller, operation: name,
      in: context)
    if let opened { try destination.requireFit(opened.plaintext.count, method) }
    guard input.dryRun != true, let opened else { throw .dryRun }

    let (blob, materialID) = try await context.encrypt(
      opened.plaintext, under: destination, method, input.destinationEncryptionContext, for: caller, operation: name)
    return ReEncryptOutput(
      ciphertextBlob: blob, sourceKeyID: source.key.arn, keyID: destination.arn,
      sourceEncryptionAlgorithm: opened.algorithm, destinationEncryptionAlgorithm: method.algorithm,
      sourceKeyMaterialID: opened.keyMaterialID, destinationKeyMaterialID: materialID)
  }

  private static func ignoresCiphertext(_ input: ReEncryptInput) throws(Fault) -> Bool {
    try OperationContext.checkDryRunModifiers(
      input.dryRunModifiers, dryRun: input.dryRun, ciphertext: input.ciphertextBlob, keyNamed: input.sourceKeyID,
      keyMember: "SourceKeyId")
  }
}

extension Result where Failure == Fault {
  /// The key that was found, or why none was.
  fileprivate func demanded(_ key: (Success) -> GuardedKey) -> AccessDemand.Resource {
    switch self {
    case .success(let found): .key(key(found))
    case .failure(let fault): .missing(fault)
    }
  }
}
