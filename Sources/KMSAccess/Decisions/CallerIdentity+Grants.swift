// How grants name callers.

import KMSDomain

extension CallerIdentity {
  /// A name by which a grant may mean a caller.
  public struct Grantee: Hashable, Sendable {
    /// The principal's ARN, as the grant has it.
    public let arn: String
    /// How it means the caller.
    let naming: Naming
  }

  /// How a principal's ARN in a grant comes to mean a caller.
  enum Naming: Hashable, Sendable {
    /// It is the caller's own.
    case itself
    /// It is the role of the caller's session.
    case role
    /// It is the caller's account, which decides about all but its root.
    case account
  }

  /// The names by which a grant may mean this caller.
  var grantees: [Grantee] {
    var grantees = [Grantee(arn: arn, naming: .itself)]
    if case .assumedRole(let session) = kind { grantees.append(Grantee(arn: session.roleARN, naming: .role)) }
    if kind != .root, let partition = principal?.partition {
      grantees.append(Grantee(arn: "arn:\(partition):iam::\(account):root", naming: .account))
    }
    return grantees
  }

  /// How `name`, the ARN of a principal in a grant, means this caller; nil when it does not.
  func naming(in name: String) -> Naming? {
    if name.utf8.elementsEqual(arn.utf8) { return .itself }
    guard let named = PrincipalARN(name), named.account == account else { return nil }
    if named.kind == .root { return .account }
    if case .assumedRole(let session) = kind, name.utf8.elementsEqual(session.roleARN.utf8) { return .role }
    return nil
  }
}
