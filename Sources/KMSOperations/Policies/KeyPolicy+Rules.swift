// The rules that key policies obey in requests.

import KMSAccess
import KMSDomain

extension KeyPolicy {
  /// The only name that a key's policy has.
  static let policyName = "default"

  /// Checks the policy of CreateKey, PutKeyPolicy or ReplicateKey: that it is one, that it names principals that exist,
  /// and that its author can live with it.
  ///
  /// `key` is the key with the new policy, as it is or as it is going to be.
  static func check(
    of key: Key, for caller: Caller, in context: OperationContext, bypassLockoutCheck: Bool
  ) async throws(Fault) {
    let text = key.policy
    let quotas = context.quotas
    guard text.utf8.count <= quotas.policyBytes else { throw .policyTooLong(limit: quotas.policyBytes) }
    let policy: KeyPolicy
    do throws(PolicyError) {
      policy = try KeyPolicy(text, partition: key.home.region.partition)
    } catch {
      throw .malformedPolicy(error.description)
    }
    guard policy.namedPrincipals.allSatisfy(context.principalExists) else {
      throw .malformedPolicy(PolicyError.invalidPrincipal.description)
    }
    guard !bypassLockoutCheck else { return }
    guard try await context.authorizer.mayReplacePolicy(of: GuardedKey(key), by: caller) else {
      throw .policyLockout
    }
  }

  /// The policy of a key that is made without one: the account decides.
  static func defaultDocument(for home: AccountRegion) -> String {
    """
    {"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions",\
    "Effect":"Allow","Principal":{"AWS":"arn:\(home.region.partition):iam::\(home.account):root"},\
    "Action":"kms:*","Resource":"*"}]}
    """
  }

  /// Refuses every policy name but the one there is.
  static func check(policyName name: String?) throws(Fault) {
    guard name ?? policyName == policyName else { throw .policyNotFound }
  }
}
