// The four ways a request may name a key.

/// A parsed `KeyId`: id, key ARN, alias name or alias ARN.
public enum KeyReference: Hashable, Sendable {
  /// A key of the caller's account and Region.
  case keyID(KeyID)
  /// A key anywhere.
  case keyARN(KeyID, AccountRegion)
  /// An alias of the caller's account and Region.
  case aliasName(AliasName)
  /// An alias anywhere.
  case aliasARN(AliasName, AccountRegion)

  /// Parses what a caller sent.
  ///
  /// - Throws: ``Fault/invalidKeyID(_:)`` for text that has none of the forms, ``Fault/invalidARN(_:)`` for an ARN that is none of KMS.
  public init(_ text: String) throws(Fault) {
    if text.hasPrefix("arn:") {
      self = try Self.parseARN(text)
    } else if text.hasPrefix(AliasName.prefix) {
      guard let name = AliasName(text) else { throw .invalidKeyID(text) }
      self = .aliasName(name)
    } else if let id = KeyID(text) {
      self = .keyID(id)
    } else {
      throw .invalidKeyID(text)
    }
  }

  /// The account and Region that an ARN names; nil for the forms that name none.
  public var home: AccountRegion? {
    switch self {
    case .keyARN(_, let home), .aliasARN(_, let home): home
    case .keyID, .aliasName: nil
    }
  }

  private static func parseARN(_ text: String) throws(Fault) -> KeyReference {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[2] == "kms", let region = Region(parts[3]), let account = AccountID(parts[4]),
      parts[1] == region.partition
    else { throw .invalidARN(text) }
    let home = AccountRegion(account: account, region: region)
    let resource = parts[5]
    if let name = AliasName(resource) { return .aliasARN(name, home) }
    guard resource.hasPrefix("key/") else { throw .invalidARN(text) }
    let id = resource.dropFirst(4)
    guard let id = KeyID(id) else { throw .invalidKeyID(String(id)) }
    return .keyARN(id, home)
  }
}
