// What an operation tells about a request, for the conditions of policies and the constraints of grants.

public import KMSDomain

/// The condition keys that depend on an operation's parameters. Each operation fills them from its input.
public struct RequestAttributes: Sendable {
  /// The encryption context; nil when the operation has none, empty when it could have one and has not.
  public var encryptionContext: [String: String]?
  /// The tags of the request; nil when the operation sets none.
  public var requestTags: [Tag]?
  /// The measurements of an attested recipient by their names in lower case: `imagesha384`, `pcr0`.
  public var recipientAttestation: [String: String]?
  private var values: [(name: ConditionKey.Name, value: ConditionValue)] = []

  /// No attributes.
  public init() {}

  /// The value of a key whose name is fixed; nil when the request has none.
  public subscript(name: ConditionKey.Name) -> ConditionValue? {
    get { values.first { $0.name == name }?.value }
    set {
      values.removeAll { $0.name == name }
      if let newValue { values.append((name, newValue)) }
    }
  }
}
