// A name that stands for a key and can be moved to another.

public import struct FoundationEssentials.Date

/// An alias: a resource of its own in one account and Region.
public struct Alias: Hashable, Sendable {
  /// The name, prefix included.
  public let name: AliasName
  /// Where it lives; its key is in the same place.
  public let home: AccountRegion
  /// The key it stands for.
  public var targetKeyID: KeyID
  /// When it was made.
  public let creationDate: Date
  /// When its target last changed.
  public var lastUpdatedDate: Date

  /// Puts an alias together.
  public init(name: AliasName, home: AccountRegion, targetKeyID: KeyID, creationDate: Date, lastUpdatedDate: Date) {
    self.name = name
    self.home = home
    self.targetKeyID = targetKeyID
    self.creationDate = creationDate
    self.lastUpdatedDate = lastUpdatedDate
  }

  /// The alias's own ARN.
  public var arn: String { home.aliasARN(name) }
}
