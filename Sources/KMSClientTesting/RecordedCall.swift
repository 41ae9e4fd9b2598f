// One request, as a test can look back on it.

public import KMSModel

/// A request that a ``TestKMS`` has received; with retries, one attempt of a call.
public struct RecordedCall: Sendable, Hashable {
  /// What was asked for.
  public let operation: KMSOperation
  /// The account that asked.
  public let account: String
  /// The Region it was asked in.
  public let region: String
  /// The status of the reply, 200 for success; nil when the client got none.
  public let statusCode: Int?

  /// Makes one, to compare with.
  public init(operation: KMSOperation, account: String, region: String, statusCode: Int?) {
    self.operation = operation
    self.account = account
    self.region = region
    self.statusCode = statusCode
  }
}
