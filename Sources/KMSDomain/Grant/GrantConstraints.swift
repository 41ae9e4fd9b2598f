// What a grant asks of the encryption context of requests.

/// Constraints of a grant. Both may be given; then both must hold.
public struct GrantConstraints: Hashable, Sendable {
  /// The pairs that a request's encryption context must consist of.
  public let encryptionContextEquals: [String: String]?
  /// The pairs that a request's encryption context must contain.
  public let encryptionContextSubset: [String: String]?

  /// Pairs the two.
  public init(encryptionContextEquals: [String: String]?, encryptionContextSubset: [String: String]?) {
    self.encryptionContextEquals = encryptionContextEquals
    self.encryptionContextSubset = encryptionContextSubset
  }
}
