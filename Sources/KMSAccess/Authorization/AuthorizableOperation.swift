// What an operation must tell the authorizer about itself.

/// An operation whose permissions can be decided.
public protocol AuthorizableOperation: Sendable {
  /// The request's parameters.
  associatedtype Input: Sendable
  /// What the request acts on, once found: a key, two keys, or nothing.
  associatedtype Resource: Sendable

  /// Every permission the request needs.
  static func demands(of input: Input, on resource: Resource) -> [AccessDemand]
}
