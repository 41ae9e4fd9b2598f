// The facts of the service, from the traits of its shape.

extension Resolver {
  /// The protocols that are supported, and their versions in content types; the first that a service has is used.
  static let protocolVersions = [("aws.protocols#awsJson1_0", "1.0"), ("aws.protocols#awsJson1_1", "1.1")]

  /// The facts in the traits of `service`, with the defaults that the specification of the traits gives.
  ///
  /// Specification: <https://smithy.io/2.0/aws/aws-core.html#aws-api-service-trait>.
  func description(of service: Shape, protocolVersion: String) -> ResolvedDescription {
    let facts = service.traits["aws.api#service"]
    let prefix = facts?["endpointPrefix"]?.text ?? facts?["arnNamespace"]?.text ?? service.id.name.lowercased()
    return ResolvedDescription(
      id: facts?["sdkId"]?.text ?? service.id.name,
      signingName: service.traits["aws.auth#sigv4"]?["name"]?.text,
      endpointPrefix: prefix, protocolVersion: protocolVersion,
      isQueryCompatible: service.traits.has("aws.protocols#awsQueryCompatible"),
      endpointRules: service.traits["smithy.rules#endpointRuleSet"].map(Self.withoutDocumentation))
  }

  /// The service's name in Swift identifiers: the letters and digits of its id.
  func swiftName(of service: Shape) throws(Refusal) -> String {
    let id = service.traits["aws.api#service"]?["sdkId"]?.text ?? service.id.name
    let name = id.filter { $0.isLetter || $0.isNumber }
    guard let first = name.first, first.isLetter else {
      throw Refusal(service.id.description, "has the id \"\(id)\", which no Swift name can be made of")
    }
    return first.uppercased() + name.dropFirst()
  }

  /// An endpoint rule set without the texts about its parameters and rules, which are no part of the rules.
  private static func withoutDocumentation(_ rules: JSONNode) -> JSONNode {
    switch rules {
    case .array(let elements): .array(elements.map(withoutDocumentation))
    case .object(let members):
      .object(
        members.filter { $0.name != "documentation" || $0.value.text == nil }.map {
          JSONNode.Member($0.name, withoutDocumentation($0.value))
        })
    default: rules
    }
  }
}
