// What stands for a value in a rule.

internal import AWSJSON

/// A literal, a reference or a function call, read once and evaluated any number of times.
indirect enum RuleExpression: Sendable {
  case literal(EndpointValue)
  case template(RuleTemplate)
  case reference(String)
  case attribute(RuleExpression, AttributePath)
  case call(RuleFunction, [RuleExpression])
  case list([RuleExpression])
  case record([String: RuleExpression])

  /// An argument of a function, or the URL, header or text of a rule: objects are references and calls.
  init(_ json: JSONValue) throws(EndpointRuleError) {
    switch json {
    case .string(let text): self = try Self.text(text)
    case .object(let members):
      if case .string(let name)? = members["ref"] {
        self = .reference(name)
      } else {
        self = try Self.call(RuleObject(json, role: "a function call"))
      }
    default:
      guard let literal = EndpointValue(json), literal.array == nil else {
        throw .invalidRules("an argument is neither a literal nor a reference nor a function call")
      }
      self = .literal(literal)
    }
  }

  /// A property of an endpoint: objects are records.
  init(property json: JSONValue) throws(EndpointRuleError) {
    switch json {
    case .array(let elements):
      self = .list(
        try elements.map { (element) throws(EndpointRuleError) in try RuleExpression(property: element) })
    case .object(let members):
      self = .record(
        try members.mapEachValue { (member) throws(EndpointRuleError) in try RuleExpression(property: member) })
    default: self = try RuleExpression(json)
    }
  }

  /// The function call `object`, whose result a condition may assign to a variable.
  static func call(_ object: RuleObject) throws(EndpointRuleError) -> RuleExpression {
    let name = try object.string("fn")
    let arguments = try object.array("argv")
    if name == "getAttr" {
      guard arguments.count == 2, let value = arguments.first, case .string(let path)? = arguments.last else {
        throw .invalidRules("getAttr does not have a value and a path")
      }
      return .attribute(try RuleExpression(value), try AttributePath(parsing: path))
    }
    guard let function = RuleFunction(rawValue: name) else {
      throw .invalidRules("the function '\(name)' is not known")
    }
    guard function.takes(arguments.count) else {
      throw .invalidRules("\(name) does not take \(arguments.count) arguments")
    }
    return .call(
      function, try arguments.map { (argument) throws(EndpointRuleError) in try RuleExpression(argument) })
  }

  private static func text(_ text: String) throws(EndpointRuleError) -> RuleExpression {
    let template = try RuleTemplate(parsing: text)
    return template.plainText.map { .literal(.string($0)) } ?? .template(template)
  }
}
