// What every operation's error type can be made from.

/// All the ways one operation can fail for its caller: the service said no, or there was no usable answer.
public protocol AWSOperationError: Error, Sendable {
  /// From the service's error reply.
  init(_ reply: ServiceErrorReply)
  /// From a failure on this side of the wire.
  init(_ failure: ClientFailure)
}
