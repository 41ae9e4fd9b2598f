// ListKeyPolicies: the names of a key's policies, of which there is one.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ListKeyPolicies: KeyOperation {
  public static func perform(
    _ input: ListKeyPoliciesInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ListKeyPoliciesOutput {
    // One name fits on every page, so no marker was ever handed out.
    guard input.marker == nil else { throw .invalidMarker }
    return ListKeyPoliciesOutput(policyNames: [KeyPolicy.policyName], truncated: false)
  }
}
