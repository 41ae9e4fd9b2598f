// CreateKey: a new KMS key in the caller's account and Region.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension CreateKey: AccountOperation {
  public static func check(_ input: CreateKeyInput) throws(Fault) {
    _ = try NewKey(input)
  }

  public static func demands(of input: CreateKeyInput, on resource: Void) -> [AccessDemand] {
    let attributes = attributes(of: input)
    var demands = [AccessDemand(name, on: .account, attributes)]
    if input.tags ?? [] != [] { demands.append(AccessDemand(TagResource.name, on: .account, attributes)) }
    return demands
  }

  public static func attributes(of input: CreateKeyInput) -> RequestAttributes {
    var attributes = RequestAttributes(tags: input.tags)
    attributes[.bypassPolicyLockoutSafetyCheck] = input.bypassPolicyLockoutSafetyCheck.map(ConditionValue.bool)
    if let new = try? NewKey(input) {
      attributes.setNewKey(
        spec: new.spec, usage: new.usage, origin: new.origin, multiRegionKeyType: new.multiRegion ? "PRIMARY" : nil)
    }
    return attributes
  }

  public static func perform(
    _ input: CreateKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> CreateKeyOutput {
    let caller = authorized.caller
    let new = try NewKey(input)
    let blank = try new.blank(in: caller.home, policy: input.policy, now: context.now())
    if input.policy != nil {
      try await KeyPolicy.check(
        of: blank, for: caller, in: context, bypassLockoutCheck: input.bypassPolicyLockoutSafetyCheck ?? false)
    }
    // Looked at again when the key is added, but before anything costly is made.
    try await context.keys.requireRoom(in: caller.home, quotas: context.quotas)
    try await new.externalKey?.check(for: caller, in: context)
    let key = try await new.make(blank, context: context)
    try await context.keys.insert(key, quotas: context.quotas, externalKey: new.externalKey)
    return CreateKeyOutput(keyMetadata: KeyMetadata(key))
  }
}
