// Taking the JSON of a rule set apart, with errors that say where it is not as it has to be.

internal import AWSJSON

/// One object of a rule set's JSON.
struct RuleObject {
  /// What it stands for, in errors: `a rule`.
  let role: String
  private let members: [String: JSONValue]

  init(_ json: JSONValue, role: String) throws(EndpointRuleError) {
    guard case .object(let members) = json else { throw .invalidRules("\(role) is not an object") }
    self.role = role
    self.members = members
  }

  subscript(name: String) -> JSONValue? { members[name] }

  /// All members.
  var all: [String: JSONValue] { members }

  func string(_ name: String) throws(EndpointRuleError) -> String {
    guard case .string(let text)? = members[name] else { throw .invalidRules("\(role) has no text '\(name)'") }
    return text
  }

  /// Where nothing is said: nil.
  func stringIfPresent(_ name: String) throws(EndpointRuleError) -> String? {
    members[name] == nil ? nil : try string(name)
  }

  func boolean(_ name: String) throws(EndpointRuleError) -> Bool {
    guard case .bool(let boolean)? = members[name] else { throw .invalidRules("\(role) has no boolean '\(name)'") }
    return boolean
  }

  func value(_ name: String) throws(EndpointRuleError) -> JSONValue {
    guard let value = members[name] else { throw .invalidRules("\(role) has no '\(name)'") }
    return value
  }

  func array(_ name: String) throws(EndpointRuleError) -> [JSONValue] {
    guard case .array(let elements)? = members[name] else { throw .invalidRules("\(role) has no list '\(name)'") }
    return elements
  }

  func object(_ name: String) throws(EndpointRuleError) -> RuleObject {
    try RuleObject(value(name), role: "'\(name)' of \(role)")
  }
}
