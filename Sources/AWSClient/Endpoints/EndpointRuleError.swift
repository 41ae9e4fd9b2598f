// Why rules give no endpoint.

/// What went wrong in reading or evaluating an ``EndpointRuleSet``.
enum EndpointRuleError: Error, Equatable, Sendable {
  /// A rule says that there is no endpoint for these parameters; the text is the rule's own.
  case refused(String)
  /// A parameter is missing, or is of another type than the rules say.
  case invalidParameter(String)
  /// The rules themselves cannot be used.
  case invalidRules(String)

  /// One sentence for whoever configured the client.
  var reason: String {
    switch self {
    case .refused(let text): text
    case .invalidParameter(let text): text
    case .invalidRules(let text): "the service's endpoint rules are not usable: \(text)"
    }
  }
}
