// Principals and access keys as they were found, whether or not they can be used.

import KMSDomain
import SecureMemory

/// What an ``IdentitySet`` was made from, to be compared with what another was made from.
struct IdentityRecords: Sendable {
  /// An access key, of whatever user.
  struct Key: Equatable, Sendable {
    let account: AccountID
    let principalARN: String
    let isActive: Bool
    /// Nil when it does not open.
    let secret: SecretBytes?
  }

  /// By ARN.
  private(set) var principals: [String: Principal] = [:]
  /// By id.
  private(set) var accessKeys: [String: Key] = [:]

  /// Adds a principal.
  mutating func insert(_ principal: Principal) { principals[principal.arn] = principal }

  /// Adds an access key, unless there is one of its id; one whose user's ARN tells no account is nobody's.
  mutating func insert(_ key: OpenedAccessKey) {
    guard accessKeys[key.id] == nil,
      let account = principals[key.principalARN]?.account ?? PrincipalARN(key.principalARN)?.account
    else { return }
    accessKeys[key.id] = Key(
      account: account, principalARN: key.principalARN, isActive: key.isActive, secret: key.secret)
  }

  /// Adds an access key whose secret does not open, unless there is one of its id.
  mutating func insert(_ key: AccessKey) {
    guard accessKeys[key.id] == nil else { return }
    accessKeys[key.id] = Key(
      account: key.account, principalARN: key.principalARN, isActive: key.isActive, secret: nil)
  }

  /// What was done to `old` to come to this: what has gone first, and access keys beside their users as one would do it.
  func changes(from old: IdentityRecords) -> [IdentityChange] {
    old.goneAccessKeys(in: self) + old.gonePrincipals(in: self) + changedPrincipals(since: old)
      + changedAccessKeys(since: old)
  }

  private func gonePrincipals(in new: IdentityRecords) -> [IdentityChange] {
    principals.values.filter { principal in
      // Another under the same ARN is another: it has an id of its own.
      new.principals[principal.arn].map { $0.id != principal.id } ?? true
    }
    .map { $0.change($0.kind == .user ? .deleteUser : .deleteRole) }.sorted { $0.principalARN < $1.principalARN }
  }

  private func changedPrincipals(since old: IdentityRecords) -> [IdentityChange] {
    principals.values.compactMap { principal -> IdentityChange? in
      guard let before = old.principals[principal.arn], before.id == principal.id else {
        return principal.change(principal.kind == .user ? .createUser : .createRole)
      }
      return before.isSame(as: principal) ? nil : principal.change(principal.kind == .user ? .updateUser : .updateRole)
    }
    .sorted { $0.principalARN < $1.principalARN }
  }

  private func goneAccessKeys(in new: IdentityRecords) -> [IdentityChange] {
    accessKeys.filter { id, _ in new.accessKeys[id] == nil }
      .map { id, key in key.change(.deleteAccessKey, id) }.sorted(by: Self.isBefore)
  }

  private func changedAccessKeys(since old: IdentityRecords) -> [IdentityChange] {
    accessKeys.compactMap { id, key -> IdentityChange? in
      guard let before = old.accessKeys[id] else { return key.change(.createAccessKey, id) }
      return before == key ? nil : key.change(.updateAccessKey, id)
    }
    .sorted(by: Self.isBefore)
  }

  private static func isBefore(_ first: IdentityChange, _ second: IdentityChange) -> Bool {
    (first.principalARN, first.accessKeyID ?? "") < (second.principalARN, second.accessKeyID ?? "")
  }
}

extension IdentityRecords.Key {
  fileprivate func change(_ name: IdentityChange.Name, _ id: String) -> IdentityChange {
    IdentityChange(name, account: account, principalARN: principalARN, accessKeyID: id)
  }
}

extension Principal {
  /// Whether nothing differs, not even the Unicode form of a text: `==` overlooks that, and decisions do not.
  fileprivate func isSame(as other: Principal) -> Bool {
    self == other && texts.elementsEqual(other.texts) { $0.utf8.elementsEqual($1.utf8) }
  }

  private var texts: [String] {
    policies.flatMap { [$0.name, $0.document] } + [permissionsBoundary, trustPolicy].compactMap(\.self)
      + tags.flatMap { [$0.key, $0.value] }
  }

  fileprivate func change(_ name: IdentityChange.Name) -> IdentityChange {
    IdentityChange(name, account: account, principalARN: arn)
  }
}
