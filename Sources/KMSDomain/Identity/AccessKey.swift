// An access key as the store keeps it: its secret encrypted.

public import struct FoundationEssentials.Date

/// The credentials of a principal: an id that travels in the open and a secret that does not.
public struct AccessKey: Hashable, Sendable {
  /// The access key id.
  public let id: String
  /// The account of its principal.
  public let account: AccountID
  /// The principal's ARN.
  public let principalARN: String
  /// The secret access key, encrypted and bound to `id` and `account`.
  public let wrappedSecret: [UInt8]
  /// Whether requests signed with it are believed.
  public var isActive: Bool
  /// When it was made.
  public let creationDate: Date

  /// How many a principal may have, so that one can be replaced while the other is in use.
  public static let perPrincipal = 2

  /// Puts an access key together.
  public init(
    id: String, account: AccountID, principalARN: String, wrappedSecret: [UInt8], isActive: Bool = true,
    creationDate: Date
  ) {
    self.id = id
    self.account = account
    self.principalARN = principalARN
    self.wrappedSecret = wrappedSecret
    self.isActive = isActive
    self.creationDate = creationDate
  }
}
