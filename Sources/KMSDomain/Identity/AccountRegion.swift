// Where keys and aliases live: one account in one Region.

/// An account in a Region: the space in which key ids and alias names are looked up.
public struct AccountRegion: Hashable, Sendable {
  /// The owning account.
  public let account: AccountID
  /// The Region.
  public let region: Region

  /// Pairs the two.
  public init(account: AccountID, region: Region) {
    self.account = account
    self.region = region
  }

  /// `arn:<partition>:kms:<region>:<account>:` followed by `resource`.
  public func arn(_ resource: String) -> String {
    "arn:\(region.partition):kms:\(region):\(account):\(resource)"
  }

  /// The ARN of the key `id`.
  public func keyARN(_ id: KeyID) -> String { arn("key/\(id)") }

  /// The ARN of the alias `name`, which starts with `alias/`.
  public func aliasARN(_ name: AliasName) -> String { arn(name.description) }
}
