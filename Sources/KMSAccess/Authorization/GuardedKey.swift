// A key with its policy ready to be evaluated.

public import KMSDomain

/// A key's record and its key policy, parsed once for all requests that see this record.
public final class GuardedKey: Sendable {
  /// The record.
  public let record: Key
  /// The key's ARN, put together once.
  public let arn: String
  /// The policy; nil when what is stored is none, and then nobody is allowed by it.
  public let policy: KeyPolicy?

  /// Parses the record's policy.
  public init(_ record: Key) {
    self.record = record
    arn = record.arn
    policy = try? KeyPolicy(record.policy, partition: record.home.region.partition)
  }
}
