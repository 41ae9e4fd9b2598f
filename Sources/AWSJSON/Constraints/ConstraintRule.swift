// The constraints a Smithy model can put on a member, in the words AWS services use for them.

/// A rule that a value broke.
public enum ConstraintRule: Equatable, Sendable {
  case required
  case minimumLength(Int)
  case maximumLength(Int)
  case minimumValue(String)
  case maximumValue(String)
  case pattern(String)
  case enumeration([String])

  /// The rule as `ValidationException` states it, after "failed to satisfy constraint: ".
  public var text: String {
    switch self {
    case .required: "Member must not be null"
    case .minimumLength(let limit): "Member must have length greater than or equal to \(limit)"
    case .maximumLength(let limit): "Member must have length less than or equal to \(limit)"
    case .minimumValue(let limit): "Member must have value greater than or equal to \(limit)"
    case .maximumValue(let limit): "Member must have value less than or equal to \(limit)"
    case .pattern(let pattern): "Member must satisfy regular expression pattern: \(pattern)"
    case .enumeration(let values): "Member must satisfy enum value set: [\(values.joined(separator: ", "))]"
    }
  }
}
