// What tells one key from every other in a store.

/// A key id and its Region. Related multi-Region keys share the id.
public struct KeyName: Hashable, Sendable {
  /// The id, unique in the Region.
  public let id: KeyID
  /// The Region.
  public let region: Region

  /// Pairs the two.
  public init(id: KeyID, region: Region) {
    self.id = id
    self.region = region
  }
}

extension Key {
  /// The key's name in a store.
  public var name: KeyName { KeyName(id: id, region: home.region) }
}
