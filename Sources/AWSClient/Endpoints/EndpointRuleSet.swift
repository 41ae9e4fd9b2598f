// The rules that say where a service is, as its model publishes them.

internal import AWSJSON

/// A service's endpoint rules (Smithy rules engine, trait `smithy.rules#endpointRuleSet`).
///
/// Generated clients carry the rules of their model; the client evaluates them for its Region when it is made.
public struct EndpointRuleSet: Sendable {
  private let content: Result<Content, EndpointRuleError>

  private struct Content: Sendable {
    let parameters: [String: EndpointParameter]
    let rules: [EndpointRule]
  }

  /// More than published rules need (S3's 45), and few enough for any stack.
  private static let maximumDepth = 128

  /// Reads the value of the trait.
  ///
  /// A text that is no rule set, or that names a function this library does not know, does not fail here: there is no
  /// endpoint then, and every client says so when its configuration is validated, and in every call.
  public init(json: String) {
    content = Result { () throws(EndpointRuleError) in try Self.read(json) }
  }

  private static func read(_ text: String) throws(EndpointRuleError) -> Content {
    let json: JSONValue
    do {
      var reader = JSONReader(Array(text.utf8), maximumDepth: maximumDepth)
      json = try reader.readDocument()
      try reader.finish()
    } catch {
      throw .invalidRules("\(error)")
    }
    let object = try RuleObject(json, role: "the rule set")
    let version = try object.string("version")
    guard version.split(separator: ".").first == "1" else {
      throw .invalidRules("they are of version '\(version)', not 1")
    }
    var parameters: [String: EndpointParameter] = [:]
    for (name, declaration) in try object.object("parameters").all {
      parameters[name] = try EndpointParameter(name: name, declaration)
    }
    return Content(parameters: parameters, rules: try EndpointRule.list(object.array("rules")))
  }

  /// Whether the rules know a parameter of this name.
  func declares(_ parameter: String) throws(EndpointRuleError) -> Bool {
    try content.get().parameters[parameter] != nil
  }

  /// The endpoint for `parameters`; those that the rules do not declare play no part.
  func endpoint(
    for parameters: [String: EndpointValue], partitions: Partitions
  ) throws(EndpointRuleError) -> ResolvedEndpoint {
    let content = try content.get()
    var scope = RuleScope(partitions: partitions)
    for (name, parameter) in content.parameters {
      try scope.declare(name, parameter.value(given: parameters[name]))
    }
    return try scope.endpoint(of: content.rules)
  }
}

/// What the rules give.
struct ResolvedEndpoint: Equatable, Sendable {
  var url: String
  var properties: [String: EndpointValue] = [:]
  var headers: [String: [String]] = [:]
}
