// ReEncrypt: from one key or context to another, the plaintext never leaving the service.

public import KMSAccess
public import KMSDomain
public import KMSModel
import SecureMemory

/// The two sides of a ReEncrypt.
public struct ReEncryptKeys: Sendable {
  let source: CiphertextSource
  let destination: ActiveKey
}

extension ReEncrypt: ServedOperation {
  public static func check(_ input: ReEncryptInput) throws(Fault) {
    _ = try ignoresCiphertext(input)
  }

  public static func resolve(
    _ input: ReEncryptInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ReEncryptKeys {
    try context.check(input.grantTokens, for: caller)
    // Neither key's fault may tell whether another account has the other one: what is forbidden is told first.
    let source = await Result.of { () async throws(Fault) in
      try await context.source(
        of: input.ciphertextBlob, keyNamed: input.sourceKeyID, algorithm: input.sourceEncryptionAlgorithm,
        ignoringCiphertext: try ignoresCiphertext(input), for: caller, to: "ReEncryptFrom")
    }
    let destination = await Result.of { () async throws(Fault) in
      try await context.key(named: input.destinationKeyID, for: caller, to: "ReEncryptTo")
    }
    switch (source, destination) {
    case (.success(let source), .success(let destination)):
      return ReEncryptKeys(source: source, destination: destination)
    case (.failure(let fault), .failure(let other)): throw other.kind == .accessDenied ? other : fault
    case (.failure(let fault), .success(let destination)):
      throw fault.hiding(destination, from: caller, action: "ReEncryptTo")
    case (.success(let source), .failure(let fault)):
      throw fault.hiding(source.key, from: caller, action: "ReEncryptFrom")
    }
  }

  public static func demands(of input: ReEncryptInput, on keys: ReEncryptKeys) -> [AccessDemand] {
    let isSameKey = keys.source.key.arn == keys.destination.arn
    var from = RequestAttributes(
      keyNamed: input.sourceKeyID, encryptionContext: input.sourceEncryptionContext,
      algorithm: input.sourceEncryptionAlgorithm)
    var to = RequestAttributes(
      keyNamed: input.destinationKeyID, encryptionContext: input.destinationEncryptionContext,
      algorithm: input.destinationEncryptionAlgorithm)
    from[.reEncryptOnSameKey] = .bool(isSameKey)
    to[.reEncryptOnSameKey] = .bool(isSameKey)
    return [
      AccessDemand("ReEncryptFrom", on: .key(keys.source.key.guarded), from),
      AccessDemand("ReEncryptTo", on: .key(keys.destination.guarded), to),
    ]
  }

  public static func keysUsed(by keys: ReEncryptKeys) -> [ActiveKey] { [keys.source.key, keys.destination] }

  public static func perform(
    _ input: ReEncryptInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ReEncryptOutput {
    let source = authorized.resource.source
    let destination = authorized.resource.destination
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

extension Fault {
  /// What is told of a request of which one key was not found while the other, `found`, was: nothing that shows whether
  /// another account has it.
  fileprivate func hiding(_ found: ActiveKey?, from caller: Caller, action: String) -> Fault {
    guard let found, found.record.home.account != caller.home.account else { return self }
    return .accessDeniedElsewhere(caller: caller.arn, action: action)
  }
}

extension Result where Failure == Fault {
  /// What `body` came to.
  fileprivate static func of(_ body: () async throws(Fault) -> Success) async -> Result {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
}
