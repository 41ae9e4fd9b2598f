// What a statement says is done.

/// An action of a policy, such as `kms:GenerateDataKey*`: its case does not matter.
public struct ActionPattern: Hashable, Sendable {
  private let pattern: WildcardPattern

  /// Nil unless `text` is `*` or `*:*`, or a service's prefix and a name with or without wildcards that can be searched
  /// for.
  init?(_ text: String) {
    guard ["*", "*:*"].contains(text) || Self.isAction(text) else { return nil }
    pattern = WildcardPattern(text, ignoringCase: true)
    guard pattern.isSearchable else { return nil }
  }

  /// Whether `action`, such as `kms:Decrypt`, is meant.
  public func matches(_ action: String) -> Bool { pattern.matches(action) }

  private static func isAction(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    return !parts[0].isEmpty && parts[0].allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
      && !parts[1].isEmpty
      && parts[1].allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
