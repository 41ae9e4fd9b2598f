// What a decision may need to look up.

public import KMSDomain

/// Where the authorizer finds what policies alone do not tell.
public protocol AccessFacts: Sendable {
  /// The grants on a key whose grantee is exactly `grantee`, as of the last change.
  func grants(on key: Key, to grantee: String) async throws(Fault) -> GrantIndex
  /// The names of a key's aliases.
  func aliases(of key: Key) async throws(Fault) -> [String]
  /// When a key was last used, or when it began to be watched; in seconds since 1970.
  func lastUse(of key: Key) async throws(Fault) -> Double
}

/// What conditions may ask about a key beyond its record; nil where it was not looked up.
public struct KeyFacts: Sendable {
  /// The names of its aliases.
  public var aliases: [String]?
  /// When it was last used, or when it was made; in seconds since 1970.
  public var lastUse: Double?

  /// Nothing looked up.
  public init() {}
}
