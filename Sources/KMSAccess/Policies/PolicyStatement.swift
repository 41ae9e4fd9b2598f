// One statement of a policy.

/// A statement: who may, or may not, do what to what, and when.
public struct PolicyStatement: Hashable, Sendable {
  /// Which way the statement decides.
  public enum Effect: String, Hashable, Sendable {
    case allow = "Allow"
    case deny = "Deny"
  }

  /// What explanations call it.
  public let reference: StatementReference
  /// Which way it decides.
  public let effect: Effect
  /// Whom it is about; nil in identity policies, whose owner it is about.
  public let principals: PolicySelection<PolicyPrincipal>?
  /// What is done; nil in a statement of a key policy that leaves it out and therefore does nothing.
  public let actions: PolicySelection<ActionPattern>?
  /// To what; nil as for ``actions``.
  public let resources: PolicySelection<ResourcePattern>?
  /// All of these must hold.
  public let conditions: [PolicyCondition]

  /// The statement's name, unique in its policy.
  public var sid: String? { reference.sid }

  /// Whether the statement is about this action on this resource, conditions and principals aside.
  public func applies(to action: String, on resource: String) -> Bool {
    concerns(PolicyQuery(action: action, resource: resource, values: NoConditionValues()))
  }

  /// Whether the statement says something about a request, principals aside.
  func applies<Values>(_ query: PolicyQuery<Values>) -> Bool {
    concerns(query) && conditions.allSatisfy { $0.holds(under: effect, query.values) }
  }

  private func concerns<Values>(_ query: PolicyQuery<Values>) -> Bool {
    guard let actions, let resources else { return false }
    return actions.selects { $0.matches(query.action) }
      && resources.selects(under: effect) { $0.match(query.resource, query.values) }
  }
}
