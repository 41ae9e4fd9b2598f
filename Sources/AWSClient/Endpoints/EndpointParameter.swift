// What a rule set wants to be told.

internal import AWSJSON

/// The declaration of one parameter.
struct EndpointParameter: Sendable {
  enum Kind: String, Sendable {
    case string, boolean, stringArray
  }

  let name: String
  let kind: Kind
  let isRequired: Bool
  let defaultValue: EndpointValue?

  init(name: String, _ json: JSONValue) throws(EndpointRuleError) {
    let declaration = try RuleObject(json, role: "the parameter \(name)")
    let type = try declaration.string("type")
    // Published rule sets say `string` where the specification has `String`.
    guard let kind = ["string": Kind.string, "boolean": .boolean, "stringarray": .stringArray][type.lowercased()] else {
      throw .invalidRules("the parameter \(name) has the unknown type '\(type)'")
    }
    self.name = name
    self.kind = kind
    isRequired = declaration["required"] == nil ? false : try declaration.boolean("required")
    defaultValue = declaration["default"].flatMap { EndpointValue($0) }
    guard declaration["default"] == nil || defaultValue.map(accepts) == true else {
      throw .invalidRules("the default of the parameter \(name) is not of its type")
    }
  }

  /// The parameter's value where the caller gives `value`; nil when it is not set.
  func value(given value: EndpointValue?) throws(EndpointRuleError) -> EndpointValue? {
    guard let value = value ?? defaultValue else {
      if isRequired { throw .invalidParameter("the endpoint parameter \(name) is required") }
      return nil
    }
    guard accepts(value) else { throw .invalidParameter("the endpoint parameter \(name) is not a \(kind)") }
    return value
  }

  private func accepts(_ value: EndpointValue) -> Bool {
    switch kind {
    case .string: value.string != nil
    case .boolean: value.boolean != nil
    case .stringArray: value.array?.allSatisfy { $0.string != nil } ?? false
    }
  }
}
