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
  /// The secret access key, encrypted and bound to `id`, `account` and `principalARN`.
  public let wrappedSecret: [UInt8]
  /// When it was made.
  public let creationDate: Date

  /// Puts an access key together.
  public init(id: String, account: AccountID, principalARN: String, wrappedSecret: [UInt8], creationDate: Date) {
    self.id = id
    self.account = account
    self.principalARN = principalARN
    self.wrappedSecret = wrappedSecret
    self.creationDate = creationDate
  }
}
