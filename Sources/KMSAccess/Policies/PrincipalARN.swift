// The ARNs of principals: who a caller is, and whom policies and grants name.

public import KMSDomain

/// The ARN of an account's root, a user, a role, a role's session or a federated user.
public struct PrincipalARN: Hashable, Sendable, CustomStringConvertible {
  /// What sort of principal it is; paths are part of the names of users and roles.
  public enum Kind: Hashable, Sendable {
    /// The account itself: its root user, and in policies and grants whomever the account lets.
    case root
    /// An IAM user.
    case user(String)
    /// An IAM role.
    case role(String)
    /// A session of a role, which is named without its path.
    case assumedRole(role: String, session: String)
    /// A user that was federated through STS.
    case federatedUser(String)
  }

  /// The partition, such as `aws`.
  public let partition: String
  /// The account.
  public let account: AccountID
  /// What sort of principal it is.
  public let kind: Kind
  /// The whole ARN.
  public let description: String

  /// Nil unless `text` is the ARN of one of these kinds. Whether the principal exists is another question.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[3].isEmpty, let account = AccountID(parts[4]),
      ["aws", "aws-cn", "aws-us-gov"].contains(parts[1]), let kind = Self.kind(service: parts[2], parts[5])
    else { return nil }
    partition = String(parts[1])
    self.account = account
    self.kind = kind
    description = text
  }

  /// Whether this names `caller`: it is the same, or the role of the caller's session. An account names only its root.
  public func names(_ caller: PrincipalARN) -> Bool {
    guard account == caller.account else { return false }
    if case .role(let role) = kind, case .assumedRole(let assumed, _) = caller.kind {
      return Self.lastComponent(role) == assumed
    }
    return kind == caller.kind
  }

  // MARK: Parsing

  private static func kind(service: Substring, _ resource: Substring) -> Kind? {
    if service == "iam", resource == "root" { return .root }
    guard let slash = resource.firstIndex(of: "/") else { return nil }
    let name = resource[resource.index(after: slash)...]
    switch (service, resource[..<slash]) {
    case ("iam", "user"): return isPath(name) ? .user(String(name)) : nil
    case ("iam", "role"): return isPath(name) ? .role(String(name)) : nil
    case ("sts", "federated-user"): return isName(name) ? .federatedUser(String(name)) : nil
    case ("sts", "assumed-role"):
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy(isName) else { return nil }
      return .assumedRole(role: String(parts[0]), session: String(parts[1]))
    default: return nil
    }
  }

  private static func lastComponent(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// A name, with a path in front or not.
  private static func isPath(_ text: Substring) -> Bool {
    let components = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = components.last, isName(name) else { return false }
    return components.dropLast().allSatisfy { component in
      // Paths may hold any visible character, but an ARN that looks like a pattern is none.
      !component.isEmpty && component.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2A && $0 != 0x3F }
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x2B, 0x2C, 0x2D, 0x2E, 0x3D, 0x40, 0x5F: true  // + , - . = @ _
        default: false
        }
      }
  }
}
