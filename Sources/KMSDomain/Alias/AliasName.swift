// The name of an alias, prefix included, as the API writes it.

/// An alias name: `alias/` and 1 to 250 of `A-Z a-z 0-9 / _ -`.
public struct AliasName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The whole name, such as `alias/app`.
  public let description: String

  /// Nil unless `text` has the prefix and only allowed characters after it.
  public init?(_ text: some StringProtocol) {
    guard text.hasPrefix(Self.prefix), (Self.prefix.utf8.count + 1...256).contains(text.utf8.count),
      text.utf8.dropFirst(Self.prefix.utf8.count).allSatisfy(Self.isAllowed)
    else { return nil }
    description = String(text)
  }

  /// What every alias name starts with.
  public static let prefix = "alias/"

  /// Whether the name belongs to AWS managed keys, `alias/aws/…`.
  public var isReserved: Bool { description.hasPrefix("alias/aws/") }

  /// Orders names as listings do.
  public static func < (left: AliasName, right: AliasName) -> Bool { left.description < right.description }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2F, 0x5F, 0x2D: true
    default: false
    }
  }
}
