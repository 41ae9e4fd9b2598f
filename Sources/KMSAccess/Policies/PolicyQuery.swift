// What a policy is asked.

/// An action on a resource in a request.
public struct PolicyQuery<Values: ConditionValues> {
  /// The action, such as `kms:Decrypt`.
  public let action: String
  /// The resource's ARN; `*` for an action that has none.
  public let resource: String
  /// What the request has for conditions and policy variables.
  public let values: Values
  /// The action, if it is one of KMS.
  let knownAction: KnownAction?

  /// Puts a query together.
  public init(action: String, resource: String, values: Values) {
    self.action = action
    self.resource = resource
    self.values = values
    knownAction = KnownAction(action)
  }
}

extension PolicyQuery: Sendable where Values: Sendable {}
