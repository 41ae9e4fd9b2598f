// A label on a key.

/// A tag: a key, unique on its KMS key, and a value.
public struct Tag: Hashable, Sendable {
  /// The tag's key, 1 to 128 characters.
  public let key: String
  /// The tag's value, up to 256 characters.
  public let value: String

  /// Pairs the two.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}
