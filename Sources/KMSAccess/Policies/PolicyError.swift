// What can be wrong with a policy document.

/// Why a document is no policy. The texts are for the document's author; only those AWS publishes are AWS's.
public enum PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It is not JSON.
  case notJSON
  /// It is JSON, but not an object.
  case notAnObject
  /// An object has a member twice.
  case duplicateMember(String)
  /// A member that the policy language does not have.
  case unknownMember(String)
  /// A member that must be there is not.
  case missingMember(String)
  /// A member has a value of the wrong kind, or an empty one.
  case malformedMember(String)
  /// Two members of which only one may be there.
  case conflictingMembers(String, String)
  /// A version that the policy language does not have.
  case unknownVersion(String)
  /// An effect that is neither Allow nor Deny.
  case unknownEffect(String)
  /// Two statements have one name.
  case duplicateSid(String)
  /// A statement of a key policy is about nobody.
  case noPrincipal
  /// A principal that cannot be one.
  case invalidPrincipal
  /// An action that is not a service's prefix and a name.
  case invalidAction(String)
  /// A resource that is no ARN.
  case invalidResource(String)
  /// An operator that conditions do not have.
  case unknownOperator(String)
  /// A condition key without a prefix or a name.
  case invalidConditionKey(String)
  /// A value that its operator cannot compare.
  case invalidConditionValue(operator: String)
  /// A condition that every request without the key in question would fulfil.
  case overlyPermissiveCondition(String)

  public var description: String {
    switch self {
    case .notJSON: "The policy is not valid JSON."
    case .notAnObject: "The policy is not a JSON object."
    case .duplicateMember(let name): "Policy contains the element \(name) more than once."
    case .unknownMember(let name): "Policy contains an unknown element: \(name)."
    case .missingMember(let name): "Policy is missing the element \(name)."
    case .malformedMember(let name): "Policy contains a malformed element: \(name)."
    case .conflictingMembers(let one, let other): "Policy contains a statement with both \(one) and \(other)."
    case .unknownVersion(let version): "Policy has an unknown version: \(version)."
    case .unknownEffect(let effect): "Policy contains a statement with an unknown effect: \(effect)."
    case .duplicateSid(let sid): "Policy contains more than one statement with the Sid \(sid)."
    case .noPrincipal: "Policy contains a statement with no principal."
    case .invalidPrincipal: "Policy contains a statement with one or more invalid principals."
    case .invalidAction(let action): "Policy contains a statement with an invalid action: \(action)."
    case .invalidResource(let resource): "Policy contains a statement with an invalid resource: \(resource)."
    case .unknownOperator(let name): "Policy contains a statement with an unknown condition operator: \(name)."
    case .invalidConditionKey(let key): "Policy contains a statement with an invalid condition key: \(key)."
    case .invalidConditionValue(let name): "Policy contains a statement with an invalid value for \(name)."
    case .overlyPermissiveCondition(let key):
      "OverlyPermissiveCondition: the condition key \(key) must not be used with ForAllValues."
    }
  }
}
