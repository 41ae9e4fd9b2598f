// What STS is asked.

/// A request to STS with its parameters, decoded and checked.
enum STSRequest: Sendable {
  /// Who am I?
  case getCallerIdentity
  /// Begin a session of a role.
  case assumeRole(AssumeRoleInput)
  /// Begin a session of a role as somebody whom an identity provider vouches for.
  case assumeRoleWithWebIdentity(AssumeRoleWithWebIdentityInput)

  /// The version of the API.
  static let version = "2011-06-15"
  /// The one action that needs no signature.
  static let assumeRoleWithWebIdentityName = "AssumeRoleWithWebIdentity"
  /// The actions that are served.
  static let names: Set<String> = ["GetCallerIdentity", "AssumeRole", assumeRoleWithWebIdentityName]

  /// Decodes a form.
  init(_ fields: FormFields) throws(STSError) {
    guard let action = fields["Action"] else {
      throw STSError(code: "MissingAction", message: "The request must contain the parameter Action.")
    }
    let version = fields["Version"] ?? Self.version
    guard version == Self.version else { throw .invalidAction(action, version: version) }
    switch action {
    case "GetCallerIdentity": self = .getCallerIdentity
    case "AssumeRole": self = .assumeRole(try AssumeRoleInput(fields))
    case Self.assumeRoleWithWebIdentityName:
      self = .assumeRoleWithWebIdentity(try AssumeRoleWithWebIdentityInput(fields))
    default: throw .invalidAction(action, version: version)
    }
  }

  /// The action's name, as the audit trail has it.
  var eventName: String {
    switch self {
    case .getCallerIdentity: "GetCallerIdentity"
    case .assumeRole: "AssumeRole"
    case .assumeRoleWithWebIdentity: Self.assumeRoleWithWebIdentityName
    }
  }
}
