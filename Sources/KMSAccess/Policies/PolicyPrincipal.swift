// Whom a statement of a key policy is about.

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
  public enum Match: Hashable, Sendable {
    /// It does not.
    case none
    /// The caller's account is named: its root is meant, and the account decides about all others.
    case account
    /// The caller itself, its role or everybody is named.
    case direct
  }

  /// How this matches `caller`, who is in `account`; `caller` is nil when its ARN is of no known kind.
  public func match(_ caller: PrincipalARN?, of account: AccountID) -> Match {
    switch self {
    case .anyone: .direct
    case .account(let named): named == account ? .account : .none
    case .identity(let named): caller.map(named.names) == true ? .direct : .none
    case .service, .federated: .none
    }
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
