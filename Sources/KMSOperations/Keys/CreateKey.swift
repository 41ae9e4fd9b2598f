// CreateKey: a new KMS key in the caller's account and Region.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension CreateKey: AccountOperation {
  public static func check(_ input: CreateKeyInput) throws(Fault) {
    _ = try NewKey(input)
  }

  public static func demands(of input: CreateKeyInput, on resource: Void) -> [AccessDemand] {
    var demands = [AccessDemand(name, on: .account)]
    if input.tags ?? [] != [] { demands.append(AccessDemand(TagResource.name, on: .account)) }
    return demands
  }

  public static func perform(
    _ input: CreateKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> CreateKeyOutput {
    let caller = authorized.caller
    let policy = try input.policy.map { (text) throws(Fault) in
      try KeyPolicy.checked(
        text, for: caller, quotas: context.quotas, bypassLockoutCheck: input.bypassPolicyLockoutSafetyCheck ?? false)
    }
    let new = try NewKey(input)
    // Looked at again when the key is added, but before anything costly is made.
    try await context.keys.requireRoom(in: caller.home, quotas: context.quotas)
    try await new.externalKey?.check(for: caller, in: context)
    let key = try await new.make(
      in: caller.home, policy: policy ?? KeyPolicy.defaultDocument(for: caller.home), context: context)
    try await context.keys.insert(key, quotas: context.quotas, externalKey: new.externalKey)
    return CreateKeyOutput(keyMetadata: KeyMetadata(key))
  }
}
