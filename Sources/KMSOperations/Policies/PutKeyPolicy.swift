// PutKeyPolicy: a key gets another policy document.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension PutKeyPolicy: KeyOperation {
  public static func attributes(of input: PutKeyPolicyInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.bypassPolicyLockoutSafetyCheck] = input.bypassPolicyLockoutSafetyCheck.map(ConditionValue.bool)
    return attributes
  }

  public static func perform(
    _ input: PutKeyPolicyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> PutKeyPolicyOutput {
    try KeyPolicy.check(policyName: input.policyName)
    var changed = authorized.resource.record
    changed.policy = input.policy
    try await KeyPolicy.check(
      of: changed, for: authorized.caller, in: context,
      bypassLockoutCheck: input.bypassPolicyLockoutSafetyCheck ?? false)
    _ = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.always.check(key)
      key.policy = input.policy
    }
    return PutKeyPolicyOutput()
  }
}
