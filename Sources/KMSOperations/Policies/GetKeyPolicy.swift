// GetKeyPolicy: a key's policy document, as KMS shows it.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension GetKeyPolicy: KeyOperation {
  public static func perform(
    _ input: GetKeyPolicyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> GetKeyPolicyOutput {
    try KeyPolicy.check(policyName: input.policyName)
    return GetKeyPolicyOutput(
      policy: KeyPolicy.shown(authorized.resource.record.policy), policyName: KeyPolicy.policyName)
  }
}
