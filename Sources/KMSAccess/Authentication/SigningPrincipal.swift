// Somebody whose signature this service can check.

public import KMSDomain
public import SecureMemory

/// A principal with one of its access keys.
public struct SigningPrincipal: Sendable {
  /// The principal's ARN.
  public let arn: String
  /// Its account.
  public let account: AccountID
  /// The access key's id.
  public let accessKeyID: String
  /// The access key's secret.
  public let secretAccessKey: SecretBytes

  /// Puts a principal together.
  public init(arn: String, account: AccountID, accessKeyID: String, secretAccessKey: SecretBytes) {
    self.arn = arn
    self.account = account
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
  }
}
