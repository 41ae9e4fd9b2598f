// The last successful cryptographic use of a key.

public import struct FoundationEssentials.Date

/// When, how and by which request a key was last used.
public struct KeyLastUsage: Hashable, Sendable {
  /// The operation's name, such as `Decrypt`.
  public let operation: String
  /// When it succeeded.
  public let date: Date
  /// The id of the request.
  public let requestID: String

  /// Puts the three together.
  public init(operation: String, date: Date, requestID: String) {
    self.operation = operation
    self.date = date
    self.requestID = requestID
  }
}
