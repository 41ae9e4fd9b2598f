// The shape every operation has: find what the request names, be authorized, do the work.

public import AWSJSON
public import KMSAccess
public import KMSDomain
public import KMSModel
public import NitroAttestation

/// An operation that this service performs. One file each, next to this one's folder.
public protocol ServedOperation: AWSJSONOperation, AuthorizableOperation {
  /// Rules on parameters that need no key and that the model does not express.
  static func check(_ input: Input) throws(Fault)

  /// Finds the keys the request names. It says nothing of whether the caller may use them.
  static func resolve(
    _ input: Input, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> Resource

  /// What the request is like, for the conditions of policies.
  static func attributes(of input: Input) -> RequestAttributes

  /// The parameters as the audit trail has them, defaults filled in where CloudTrail does.
  static func recorded(_ input: Input) -> Input

  /// The parameters as the audit trail has them once it is known what the request is about; nil for no change.
  static func recorded(_ input: Input, on resource: Resource) -> Input?

  /// What the request counts as, for request quotas.
  static func charges(
    for input: Input, on resource: Resource, by caller: AccountRegion
  ) -> [RequestCharge]

  /// The attested recipient that the request names; nil when the answer is for the caller.
  static func recipient(of input: Input) -> RecipientInfo?

  /// Puts what is secret in an answer into an envelope that only the recipient can open.
  static func seal(_ output: inout Output, for recipient: VerifiedAttestation) throws(Fault)

  /// The keys whose use GetKeyLastUsage tells of when the operation succeeds.
  static func keysUsed(by resource: Resource) -> [ActiveKey]

  /// The rules of key state and usage, and then the work. Reached only with proof of authorization.
  static func perform(
    _ input: Input, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> Output
}

extension ServedOperation {
  /// No rules beyond the model's.
  public static func check(_ input: Input) throws(Fault) {}

  /// Nothing that conditions ask about.
  public static func attributes(of input: Input) -> RequestAttributes { RequestAttributes() }

  /// What the caller sent.
  public static func recorded(_ input: Input) -> Input { input }

  /// No change.
  public static func recorded(_ input: Input, on resource: Resource) -> Input? { nil }

  /// One request of the operation, and of the kinds of key that it uses.
  public static func charges(
    for input: Input, on resource: Resource, by caller: AccountRegion
  ) -> [RequestCharge] {
    guard let operation = KMSOperation(rawValue: name) else { return [] }
    return RequestCharge.charges(for: operation, caller: caller, keys: keysUsed(by: resource).map(\.record))
  }

  /// The operation has no parameter for one.
  public static func recipient(of input: Input) -> RecipientInfo? { nil }

  /// Not reached by an operation whose requests name no recipient; it would have no answer for one.
  public static func seal(_ output: inout Output, for recipient: VerifiedAttestation) throws(Fault) {
    throw .unsupported()
  }

  /// Not a cryptographic operation.
  public static func keysUsed(by resource: Resource) -> [ActiveKey] { [] }

  /// The whole operation, in KMS's order: parameters, keys, rate, proof of the recipient, permission, state and usage,
  /// work.
  public static func respond(
    to input: Input, from caller: Caller, in context: OperationContext, noting record: inout RequestRecord
  ) async throws(Fault) -> Output {
    let named = recipient(of: input)
    let resource: Resource
    do throws(Fault) {
      try check(input)
      try named?.checkMembers()
      resource = try await resolve(input, for: caller, in: context)
    } catch {
      try countRefused(caller, in: context)
      throw error
    }
    if context.keepsRecords { record.noteParameters(input, on: resource, of: Self.self) }
    // What another account's resource costs is told, and paid, only by those who may use it.
    let isCallers = context.requestLimiter == nil || isLocal(resource, input, to: caller)
    if isCallers { try context.requestLimiter?.take(charges(for: input, on: resource, by: caller.home)) }
    let recipient = try await context.recipient(named)
    record.note(recipient)
    let authorized: Authorized<Self>
    do throws(Fault) {
      authorized = try await context.authorizer.authorize(
        Self.self, caller, input, on: resource, recipientAttestation: recipient.measurements, decided: &record.decided)
    } catch {
      if !isCallers { try countRefused(caller, in: context) }
      throw error
    }
    if !isCallers { try context.requestLimiter?.take(charges(for: input, on: resource, by: caller.home)) }
    // What is wrong with the proof is for those who need none: policies that demand one have denied by now.
    let attestation = try recipient.proof()
    var output = try await perform(input, authorized, in: context)
    record.noteKeyMaterial(of: output)
    if let attestation { try seal(&output, for: attestation) }
    for key in keysUsed(by: resource) {
      let usage = KeyLastUsage(operation: name, date: context.now(), requestID: caller.requestID)
      context.usage.note(usage, of: key.record)
    }
    return output
  }
}

extension ServedOperation {
  /// Counts a request that is refused before its keys are known, or because they are another account's and not for the
  /// caller. It counts the same whatever keys there are: else the quotas would tell of them.
  static func countRefused(_ caller: Caller, in context: OperationContext) throws(Fault) {
    guard let limiter = context.requestLimiter, let operation = KMSOperation(rawValue: name) else { return }
    try limiter.take(RequestCharge.charges(for: operation, caller: caller.home))
  }

  /// Whether everything that the request is about is the caller's own account's.
  private static func isLocal(_ resource: Resource, _ input: Input, to caller: Caller) -> Bool {
    demands(of: input, on: resource).allSatisfy { $0.resource.owner(for: caller.home.account) == caller.home.account }
  }
}

/// An operation on no key: its resource is the caller's account.
public protocol AccountOperation: ServedOperation where Resource == Void {}

extension AccountOperation {
  /// There is nothing to find.
  public static func resolve(_ input: Input, for caller: Caller, in context: OperationContext) async throws(Fault) {}

  /// The permission named like the operation.
  public static func demands(of input: Input, on resource: Void) -> [AccessDemand] {
    [AccessDemand(name, on: .account, attributes(of: input))]
  }
}

/// An operation on one key that needs the permission named like itself.
public protocol KeyOperation: ServedOperation where Resource == ActiveKey {}

extension KeyOperation {
  /// The permission named like the operation, on the key.
  public static func demands(of input: Input, on key: ActiveKey) -> [AccessDemand] {
    [AccessDemand(name, on: .key(key.guarded), attributes(of: input))]
  }
}
