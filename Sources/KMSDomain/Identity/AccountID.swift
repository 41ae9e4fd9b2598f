// An AWS account: the owner of keys and the home of principals.

/// A 12-digit account id.
public struct AccountID: Hashable, Sendable, CustomStringConvertible {
  /// The twelve digits.
  public let description: String

  /// Nil unless `text` is exactly twelve ASCII digits.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    description = String(text)
  }
}
