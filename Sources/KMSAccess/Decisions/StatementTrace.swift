// What one statement says of a request, and if it says nothing, why.

/// A statement of a policy, held against a request.
public struct StatementTrace: Hashable, Sendable {
  /// How a statement relates to a request.
  public enum Finding: Hashable, Sendable {
    /// It is about the request.
    case applies
    /// It names no action or no resource, and so is about nothing.
    case incomplete
    /// It is about other actions.
    case otherAction
    /// It is about other resources.
    case otherResource
    /// It names somebody else.
    case otherPrincipal
    /// It would apply, but for these conditions, each with what the request has instead.
    case conditions([String])
  }

  /// What explanations call the statement.
  public let statement: StatementReference
  /// Which way it decides.
  public let effect: PolicyStatement.Effect
  /// How it relates to the request.
  public let finding: Finding

  /// Holds `statement` against a query; `caller` is nil for policies that name no principals.
  init<Values: ConditionValues>(_ statement: PolicyStatement, _ query: PolicyQuery<Values>, caller: PolicyCaller?) {
    self.statement = statement.reference
    effect = statement.effect
    finding = Self.find(statement, query, caller)
  }

  private static func find<Values: ConditionValues>(
    _ statement: PolicyStatement, _ query: PolicyQuery<Values>, _ caller: PolicyCaller?
  ) -> Finding {
    guard let actions = statement.actions, let resources = statement.resources else { return .incomplete }
    guard actions.selects(where: { $0.matches(query.action) }) else { return .otherAction }
    guard resources.selects(under: statement.effect, { $0.match(query.resource, query.values) }) else {
      return .otherResource
    }
    if let caller {
      guard let principals = statement.principals,
        PrincipalNaming(principals, caller, under: statement.effect).isGiven
      else { return .otherPrincipal }
    }
    let failed = statement.conditions.filter { !$0.holds(under: statement.effect, query.values) }
    return failed.isEmpty ? .applies : .conditions(failed.map { $0.failure(query.values) })
  }
}

extension StatementTrace: CustomStringConvertible {
  /// The statement with its finding in one line.
  public var description: String { "\(effect.rawValue), \(statement): \(finding)" }
}

extension StatementTrace.Finding: CustomStringConvertible {
  /// The finding in words.
  public var description: String {
    switch self {
    case .applies: "applies"
    case .incomplete: "names no action or no resource, and does nothing"
    case .otherAction: "is about other actions"
    case .otherResource: "is about other resources"
    case .otherPrincipal: "names somebody else"
    case .conditions(let failed): "does not hold: " + failed.joined(separator: "; ")
    }
  }
}

extension PolicyCondition {
  /// The condition, and what the request has for it.
  fileprivate func failure(_ values: some ConditionValues) -> String {
    let name = (qualifier.map { "\($0.rawValue):" } ?? "") + comparison.rawValue + (ifExists ? "IfExists" : "")
    let wanted = self.values.map(\.quoted).joined(separator: " or ")
    let present = values.value(of: conditionKey).flatMap { $0.isPresent ? $0.words : nil }
    return "\(name) \((conditionKey.spelling ?? key).escaped) \(wanted), but the request has \(present ?? "none")"
  }
}

extension ConditionValue {
  /// The value as explanations show it.
  fileprivate var words: String {
    switch self {
    case .string(let text): text.quoted
    case .strings(let texts): texts.map(\.quoted).joined(separator: ", ")
    case .integer(let number): "\(number)"
    case .bool(let bool): "\(bool)"
    case .instant(let seconds): "\(Int64(exactly: seconds.rounded(.down)) ?? 0) (seconds since 1970)"
    }
  }
}
