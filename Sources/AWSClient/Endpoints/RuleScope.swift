// Evaluating rules: the values that are known at one place of the tree.

/// Parameters and assigned variables. Each rule works on a copy, so that its variables end with it.
struct RuleScope {
  private var values: [String: EndpointValue?] = [:]
  private let partitions: Partitions

  init(partitions: Partitions) { self.partitions = partitions }

  /// Makes `name` known; nil for a parameter that is not set.
  mutating func declare(_ name: String, _ value: EndpointValue?) throws(EndpointRuleError) {
    guard values.updateValue(value, forKey: name) == nil else {
      throw .invalidRules("'\(name)' is assigned twice")
    }
  }

  /// The endpoint of the first rule that applies.
  func endpoint(of rules: [EndpointRule]) throws(EndpointRuleError) -> ResolvedEndpoint {
    for rule in rules {
      var scope = self
      guard try scope.meets(rule.conditions) else { continue }
      switch rule.outcome {
      case .endpoint(let template): return try scope.endpoint(of: template)
      case .error(let text): throw .refused(try scope.text(of: text))
      case .tree(let rules): return try scope.endpoint(of: rules)
      }
    }
    throw .refused("no rule of the service gives an endpoint for this configuration")
  }

  private mutating func meets(_ conditions: [RuleCondition]) throws(EndpointRuleError) -> Bool {
    for condition in conditions {
      guard let value = try value(of: condition.call), value != .boolean(false) else { return false }
      if let variable = condition.variable { try declare(variable, value) }
    }
    return true
  }

  private func endpoint(of template: EndpointTemplate) throws(EndpointRuleError) -> ResolvedEndpoint {
    ResolvedEndpoint(
      url: try text(of: template.url),
      properties: try template.properties.mapEachValue { (property) throws(EndpointRuleError) in
        try setValue(of: property)
      },
      headers: try template.headers.mapEachValue { (values) throws(EndpointRuleError) in
        try values.map { (value) throws(EndpointRuleError) in try text(of: value) }
      })
  }

  // MARK: Expressions

  /// What `expression` stands for; nil when it is not set.
  func value(of expression: RuleExpression) throws(EndpointRuleError) -> EndpointValue? {
    switch expression {
    case .literal(let value): return value
    case .reference(let name): return try value(named: name)
    case .template(let template): return .string(try text(of: template))
    case .attribute(let base, let path): return try path.value(in: setValue(of: base))
    case .call(let function, let arguments): return try result(of: function, arguments)
    case .list(let elements):
      return .array(try elements.map { (element) throws(EndpointRuleError) in try setValue(of: element) })
    case .record(let members):
      return .record(try members.mapEachValue { (member) throws(EndpointRuleError) in try setValue(of: member) })
    }
  }

  private func value(named name: String) throws(EndpointRuleError) -> EndpointValue? {
    guard let value = values[name] else { throw .invalidRules("there is no value '\(name)'") }
    return value
  }

  private func setValue(of expression: RuleExpression) throws(EndpointRuleError) -> EndpointValue {
    guard let value = try value(of: expression) else { throw .invalidRules("a value that is used is not set") }
    return value
  }

  private func text(of expression: RuleExpression) throws(EndpointRuleError) -> String {
    guard let text = try setValue(of: expression).string else { throw .invalidRules("a value is not a text") }
    return text
  }

  private func text(of template: RuleTemplate) throws(EndpointRuleError) -> String {
    var text = ""
    for part in template.parts {
      switch part {
      case .literal(let literal): text += literal
      case .reference(let name, let path):
        guard let base = try value(named: name), let value = try path.value(in: base)?.string else {
          throw .invalidRules("the value '\(name)' is not a text, or is not set")
        }
        text += value
      }
      guard text.utf8.count <= RuleTemplate.maximumLength else { throw .invalidRules("a text gets too long") }
    }
    return text
  }

  // MARK: Functions

  private func result(
    of function: RuleFunction, _ arguments: [RuleExpression]
  ) throws(EndpointRuleError) -> EndpointValue? {
    switch function {
    case .isSet:
      for argument in arguments where try value(of: argument) == nil { return .boolean(false) }
      return .boolean(true)
    case .coalesce:
      for argument in arguments {
        if let value = try value(of: argument) { return value }
      }
      return nil
    case .ite:
      var arguments = arguments[...]
      guard let condition = arguments.popFirst(), let isMet = try setValue(of: condition).boolean,
        let chosen = isMet ? arguments.first : arguments.last
      else { throw .invalidRules("the condition of ite is not a boolean") }
      return try value(of: chosen)
    default:
      let values = try arguments.map { (argument) throws(EndpointRuleError) in try setValue(of: argument) }
      return try RuleFunctionCall(function: function, arguments: values).result(partitions)
    }
  }
}
