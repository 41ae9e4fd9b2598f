// A Region and the partition it lies in.

/// The name of a Region, such as `eu-central-1`.
public struct Region: Hashable, Sendable, CustomStringConvertible {
  /// The name as it stands in ARNs and credential scopes.
  public let description: String

  /// Nil unless `text` is 1 to 32 of `a-z`, `0-9` and `-`, which is all a Region's name may hold.
  public init?(_ text: some StringProtocol) {
    let utf8 = text.utf8
    guard (1...32).contains(utf8.count), utf8.allSatisfy(Self.isAllowed) else { return nil }
    description = String(text)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
  }

  /// The partition that an ARN of this Region names: `aws`, `aws-cn` or `aws-us-gov`.
  public var partition: String {
    if description.hasPrefix("cn-") { return "aws-cn" }
    if description.hasPrefix("us-gov-") { return "aws-us-gov" }
    return "aws"
  }
}
