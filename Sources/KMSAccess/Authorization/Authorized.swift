// Evidence that a caller may do what it asks.

/// Proof of a positive decision on one request, with what was decided on. Only the ``Authorizer`` can make one,
/// and an operation's work cannot be reached without it.
public struct Authorized<Operation: AuthorizableOperation>: Sendable {
  /// Who asks.
  public let caller: Caller
  /// What the operation may act on.
  public let resource: Operation.Resource

  init(caller: Caller, resource: Operation.Resource) {
    self.caller = caller
    self.resource = resource
  }
}
