// An access key whose secret has been decrypted, or was declared.

public import SecureMemory

/// What it takes to check the signatures of a principal.
public struct OpenedAccessKey: Sendable {
  /// The access key's id.
  public let id: String
  /// The ARN of the user that it belongs to.
  public let principalARN: String
  /// The secret access key.
  public let secret: SecretBytes
  /// Whether requests signed with it are believed.
  public let isActive: Bool

  /// Puts an access key together.
  public init(id: String, principalARN: String, secret: SecretBytes, isActive: Bool = true) {
    self.id = id
    self.principalARN = principalARN
    self.secret = secret
    self.isActive = isActive
  }
}
