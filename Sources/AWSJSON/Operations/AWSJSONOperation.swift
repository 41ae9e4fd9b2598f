// An operation of a service: its name on the wire, its three types, and what is particular about calling it.

/// An awsJson operation; generated code has one caseless enum for each.
public protocol AWSJSONOperation: Sendable {
  associatedtype Input: AWSJSONStructure & Equatable
  associatedtype Output: AWSJSONStructure
  associatedtype Failure: AWSOperationError

  /// The operation's name: `GenerateDataKey`.
  static var name: String { get }
  /// The value of `X-Amz-Target`: `TrentService.GenerateDataKey`.
  static var target: String { get }
  /// Whether the service takes, and wants, compressed request bodies. By default it does not.
  static var compressesRequest: Bool { get }

  /// What stands before the endpoint's host for a request with `input`, its last dot included; nil for most operations.
  ///
  /// - Throws: ``HostLabelError`` when a member of `input` that is part of it cannot be part of a host name.
  static func hostPrefix(for input: Input) throws(HostLabelError) -> String?

  /// Whether a request that failed with the error called `code` may be repeated, as far as the model says.
  static func retryability(ofErrorCode code: String) -> ErrorRetryability?

  /// Gives `input` random idempotency tokens where it has none. A client does so once for each call, before it encodes
  /// the input, so that all attempts carry the same token.
  static func addIdempotencyTokens(to input: inout Input)
}

extension AWSJSONOperation {
  public static var compressesRequest: Bool { false }

  public static func hostPrefix(for input: Input) throws(HostLabelError) -> String? { nil }

  public static func retryability(ofErrorCode code: String) -> ErrorRetryability? { nil }

  public static func addIdempotencyTokens(to input: inout Input) {}
}
