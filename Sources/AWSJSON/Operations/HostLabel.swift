// Parts of an input that become part of a host name.

/// Labels of host names (RFC 1123 §2.1), and input members that stand in one (Smithy's `hostLabel`).
public enum HostLabel {
  /// `value`, if it can be a label of a host name. Anything else could send the request, and the caller's signature, to
  /// another host.
  ///
  /// - Throws: ``HostLabelError`` with the name of `member`, when the value is missing or no label.
  public static func checked(_ value: String?, member: String) throws(HostLabelError) -> String {
    guard let value, isValid(value) else { throw HostLabelError(member: member) }
    return value
  }

  /// Whether `text` is a label: 1 to 63 letters, digits and hyphens, no hyphen at either end.
  public static func isValid(_ text: some StringProtocol) -> Bool {
    (1...63).contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed) && !text.hasPrefix("-")
      && !text.hasSuffix("-")
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// A host name that cannot be made, because an input's member is missing or is not the label of one.
public struct HostLabelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The member's name in the model.
  public let member: String

  public init(member: String) { self.member = member }

  /// One line without the member's value.
  public var description: String { "The member \(member) is not a label of a host name" }
}
