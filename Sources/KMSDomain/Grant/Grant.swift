// A grant: what one principal may do with one key.

public import struct FoundationEssentials.Date

/// A grant on a key. It is never changed: it comes with CreateGrant and goes with RetireGrant, RevokeGrant or its key.
public struct Grant: Hashable, Sendable {
  /// 64 lower-case hex digits, unique on the key.
  public let id: String
  /// The key that it is on.
  public let keyID: KeyID
  /// The key's owner and Region.
  public let home: AccountRegion
  /// The name that makes CreateGrant idempotent; nil when none was given.
  public let name: String?
  /// Who may use the key: a principal's ARN.
  public let granteePrincipal: String
  /// Who may retire the grant: a principal's ARN.
  public let retiringPrincipal: String?
  /// What the grantee may do, in the order given.
  public let operations: [GrantOperation]
  /// What requests of the grantee must be like.
  public let constraints: GrantConstraints?
  /// The account whose principal made the grant.
  public let issuingAccount: AccountID
  /// When it was made.
  public let creationDate: Date

  /// Puts a grant together.
  public init(
    id: String, keyID: KeyID, home: AccountRegion, name: String?, granteePrincipal: String,
    retiringPrincipal: String?, operations: [GrantOperation], constraints: GrantConstraints?,
    issuingAccount: AccountID, creationDate: Date
  ) {
    self.id = id
    self.keyID = keyID
    self.home = home
    self.name = name
    self.granteePrincipal = granteePrincipal
    self.retiringPrincipal = retiringPrincipal
    self.operations = operations
    self.constraints = constraints
    self.issuingAccount = issuingAccount
    self.creationDate = creationDate
  }
}
