// Whom a statement of a key policy or a trust policy is about.

public import KMSDomain

/// One of the principals of a statement.
public enum PolicyPrincipal: Hashable, Sendable {
  /// `*`: everybody.
  case anyone
  /// An account, by its root's ARN or its id.
  case account(AccountID)
  /// A user, a role, a session or a federated user.
  case identity(PrincipalARN)
  /// An AWS service, such as `logs.amazonaws.com`.
  case service(String)
  /// An identity provider: its host name, or the ARN of a SAML or OIDC provider.
  case federated(String)

  /// How a principal comes to match a caller.
  enum Match: Hashable, Sendable {
    /// It does not.
    case none
    /// The caller's account is named, which decides about all but its root.
    case account
    /// The caller itself, its role, its account of which it is the root, or everybody is named.
    case direct(PrincipalMatch)
  }

  /// How this matches `caller`.
  func match(_ caller: PolicyCaller) -> Match {
    switch self {
    case .anyone: .direct(.anyone)
    case .account(let named) where named == caller.account:
      caller.principal?.kind == .root ? .direct(.root) : .account
    case .identity(let named): caller.match(named).map { .direct($0) } ?? .none
    case .account, .service, .federated: .none
    }
  }

  /// Whether this is somebody in `account`.
  func isOne(of account: AccountID) -> Bool {
    if case .identity(let named) = self { named.account == account } else { false }
  }

  /// Whether this is the identity provider that `name` names.
  func isProvider(_ name: String) -> Bool {
    if case .federated(let named) = self { named.utf8.elementsEqual(name.utf8) } else { false }
  }

  // MARK: Parsing

  /// One value of `"AWS"`. Nil for what is no principal of `partition`.
  init?(aws text: String, partition: String) {
    if text == "*" {
      self = .anyone
    } else if let account = AccountID(text) {
      self = .account(account)
    } else if let arn = PrincipalARN(text), arn.partition == partition {
      self = arn.kind == .root ? .account(arn.account) : .identity(arn)
    } else {
      return nil
    }
  }

  /// One value of `"Service"`.
  init?(service text: String) {
    let suffixes = [".amazonaws.com", ".amazonaws.com.cn"]
    guard let suffix = suffixes.first(where: { text.hasSuffix($0) }), Self.isHostName(text.dropLast(suffix.utf8.count))
    else { return nil }
    self = .service(text)
  }

  /// One value of `"Federated"`.
  init?(federated text: String, partition: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    if parts.count == 6 {
      guard parts[0] == "arn", parts[1] == partition, parts[2] == "iam", parts[3].isEmpty, AccountID(parts[4]) != nil,
        let kind = ["saml-provider/", "oidc-provider/"].first(where: { parts[5].hasPrefix($0) }),
        parts[5].utf8.count > kind.utf8.count, !parts[5].contains(where: { "*?".contains($0) })
      else { return nil }
    } else {
      guard Self.isHostName(text[...]), text.contains(".") else { return nil }
    }
    self = .federated(text)
  }

  private static func isHostName(_ text: Substring) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty
        && label.utf8.allSatisfy { byte in
          (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
        }
    }
  }
}
