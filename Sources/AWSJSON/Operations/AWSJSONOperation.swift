// An operation of a service: its name on the wire and its three types.

/// An awsJson operation; generated code has one caseless enum for each.
public protocol AWSJSONOperation: Sendable {
  associatedtype Input: AWSJSONStructure & Equatable
  associatedtype Output: AWSJSONStructure
  associatedtype Failure: AWSOperationError

  /// The operation's name: `GenerateDataKeyPair`.
  static var name: String { get }
  /// The value of `X-Amz-Target`: `TrentService.GenerateDataKeyPair`.
  static var target: String { get }
}
