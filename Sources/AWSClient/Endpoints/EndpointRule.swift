// The rules themselves: conditions, and what holds when all of them are met.

internal import AWSJSON

/// One rule.
struct EndpointRule: Sendable {
  enum Outcome: Sendable {
    case endpoint(EndpointTemplate)
    /// There is no endpoint; the text says why.
    case error(RuleExpression)
    /// The first of these rules that applies decides; one of them has to.
    case tree([EndpointRule])
  }

  let conditions: [RuleCondition]
  let outcome: Outcome

  init(_ json: JSONValue) throws(EndpointRuleError) {
    let rule = try RuleObject(json, role: "a rule")
    conditions = try (rule["conditions"] == nil ? [] : rule.array("conditions")).map {
      (condition) throws(EndpointRuleError) in try RuleCondition(condition)
    }
    let type = try rule.string("type")
    switch type {
    case "endpoint": outcome = .endpoint(try EndpointTemplate(rule.object("endpoint")))
    case "error": outcome = .error(try RuleExpression(rule.value("error")))
    case "tree": outcome = .tree(try Self.list(rule.array("rules")))
    default: throw .invalidRules("a rule has the unknown type '\(type)'")
    }
  }

  static func list(_ json: [JSONValue]) throws(EndpointRuleError) -> [EndpointRule] {
    try json.map { (rule) throws(EndpointRuleError) in try EndpointRule(rule) }
  }
}

/// A function call that has to give something other than false.
struct RuleCondition: Sendable {
  let call: RuleExpression
  /// The name under which later conditions and the rule itself know the result.
  let variable: String?

  init(_ json: JSONValue) throws(EndpointRuleError) {
    let object = try RuleObject(json, role: "a condition")
    call = try RuleExpression.call(object)
    variable = try object.stringIfPresent("assign")
  }
}

/// An endpoint whose texts are still to be filled in.
struct EndpointTemplate: Sendable {
  let url: RuleExpression
  let properties: [String: RuleExpression]
  let headers: [String: [RuleExpression]]

  init(_ object: RuleObject) throws(EndpointRuleError) {
    url = try RuleExpression(object.value("url"))
    properties = try (object["properties"] == nil ? [:] : object.object("properties").all).mapEachValue {
      (property) throws(EndpointRuleError) in try RuleExpression(property: property)
    }
    headers = try (object["headers"] == nil ? [:] : object.object("headers").all).mapEachValue {
      (values) throws(EndpointRuleError) in
      guard case .array(let values) = values else { throw .invalidRules("a header field has no list of values") }
      return try values.map { (value) throws(EndpointRuleError) in try RuleExpression(value) }
    }
  }
}
