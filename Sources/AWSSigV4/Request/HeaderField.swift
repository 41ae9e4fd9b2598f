// One header field of an HTTP request or answer, as it was received or will be sent.

/// A header field. A request holds them in arrival order, repeated names included.
///
/// Values are kept as received: surrounding and repeated white space is the canonical form's business.
public struct HeaderField: Sendable, Equatable {
  /// The field's name in the spelling of its sender; compare with ``isNamed(_:)``.
  public var name: String
  /// The field's value.
  public var value: String

  /// Makes a field.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Whether the field is called `name`, which is written in lower case; ASCII letters of either case match (RFC 9110 §5.1).
  public func isNamed(_ name: String) -> Bool {
    guard self.name.utf8.count == name.utf8.count else { return false }
    return hasNamePrefix(name)
  }

  /// Whether the field's name begins with `prefix`, which is written in lower case.
  func hasNamePrefix(_ prefix: String) -> Bool {
    guard name.utf8.count >= prefix.utf8.count else { return false }
    return name.withBytes { name in
      prefix.withBytes { prefix in
        for index in prefix.indices where name[index].lowercasedASCII != prefix[index] { return false }
        return true
      }
    }
  }
}

extension [HeaderField] {
  /// The value of the fields called `name` (in lower case): trimmed, and joined by commas when there are several.
  func value(named name: String) -> String? {
    var joined: String?
    for index in indices where self[index].isNamed(name) {
      let value = self[index].value.trimmingWhiteSpace
      joined = joined.map { $0 + "," + value } ?? value
    }
    return joined
  }

  /// Whether a field called `name` (in lower case) is there.
  func contains(named name: String) -> Bool { indices.contains { self[$0].isNamed(name) } }
}
