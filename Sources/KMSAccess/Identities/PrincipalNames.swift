// The names that are taken.

import KMSDomain

/// Who there is, by ARN and by name. IAM tells names apart whatever their path, and not by the case of their letters.
struct PrincipalNames {
  private struct Name: Hashable {
    let account: AccountID
    let kind: Principal.Kind
    let name: String
  }

  private struct RoleName: Hashable {
    let partition: String
    let account: AccountID
    let name: String
  }

  /// The ARNs of all users and roles, whether or not they can be used.
  private(set) var arns: Set<String> = []
  private var names: Set<Name> = []
  private var roles: Set<RoleName> = []

  /// Takes the names of `principal`.
  mutating func insert(_ principal: Principal) throws(IdentityProblem.Reason) {
    let name = Name(account: principal.account, kind: principal.kind, name: principal.name.lowercased())
    guard !arns.contains(principal.arn) else { throw .duplicate("there is another of this ARN") }
    guard names.insert(name).inserted else {
      throw .duplicate("there is another \(principal.kind.rawValue) of this name in the account")
    }
    arns.insert(principal.arn)
    if principal.kind == .role {
      roles.insert(RoleName(partition: principal.partition, account: principal.account, name: principal.name))
    }
  }

  /// Whether there is a role of this name, whatever its path.
  func hasRole(named name: String, partition: String, account: AccountID) -> Bool {
    roles.contains(RoleName(partition: partition, account: account, name: name))
  }
}
