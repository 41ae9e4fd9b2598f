// What a proxy says of an external key.

/// The answer of GetKeyMetadata.
public struct ExternalKeyMetadata: Hashable, Sendable {
  /// The kind of key, such as `AES_256`.
  public let spec: String
  /// What it may be used for, such as `ENCRYPT`.
  public let usages: [String]
  /// `ENABLED` or `DISABLED`.
  public let status: String

  /// Puts the parts together.
  public init(spec: String, usages: [String], status: String) {
    self.spec = spec
    self.usages = usages
    self.status = status
  }

  /// Whether a KMS key can be associated with the key.
  var isUsable: Bool {
    spec == "AES_256" && usages.contains("ENCRYPT") && usages.contains("DECRYPT") && status == "ENABLED"
  }
}
