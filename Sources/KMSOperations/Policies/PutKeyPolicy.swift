// PutKeyPolicy: a key gets another policy document.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension PutKeyPolicy: KeyOperation {
  public static func perform(
    _ input: PutKeyPolicyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> PutKeyPolicyOutput {
    try KeyPolicy.check(policyName: input.policyName)
    let policy = try KeyPolicy.checked(
      input.policy, for: authorized.caller, on: authorized.resource.arn, quotas: context.quotas,
      bypassLockoutCheck: input.bypassPolicyLockoutSafetyCheck ?? false)
    _ = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.always.check(key)
      key.policy = policy
    }
    return PutKeyPolicyOutput()
  }
}
