// The rules that key policies obey in requests.

import KMSAccess
import KMSDomain

extension KeyPolicy {
  /// The only name that a key's policy has.
  static let policyName = "default"

  /// The policy of CreateKey, PutKeyPolicy or ReplicateKey, once it is known to be one that its author can live with.
  ///
  /// `keyARN` is the key that it is for; nil when that is still to be made, and only a resource that means any key
  /// can mean it.
  /// - Returns: what is stored, which is the text as it was given.
  static func checked(
    _ text: String, for caller: Caller, on keyARN: String? = nil, quotas: ResourceQuotas, bypassLockoutCheck: Bool
  ) throws(Fault) -> String {
    guard text.utf8.count <= quotas.policyBytes else { throw .policyTooLong(limit: quotas.policyBytes) }
    let policy: KeyPolicy
    do throws(PolicyError) {
      policy = try KeyPolicy(text, partition: caller.home.region.partition)
    } catch {
      throw .malformedPolicy(error.description)
    }
    if !bypassLockoutCheck {
      let isSafe = policy.allowsReplacement(
        by: PrincipalARN(caller.arn), of: caller.home.account, on: keyARN ?? caller.home.arn("key/"))
      guard isSafe else { throw .policyLockout }
    }
    return text
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
