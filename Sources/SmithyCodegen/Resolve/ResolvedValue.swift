// The type of a value and the constraints on it.

/// What a member, a list element or a map value holds.
public struct ResolvedValue: Equatable, Sendable {
  public var type: Kind
  /// The constraints of the shape, in the order in which violations are reported.
  public var constraints: [Constraint]
  /// Whether the value is left out of messages and logs.
  public var isSensitive: Bool

  public init(_ type: Kind, constraints: [Constraint] = [], isSensitive: Bool = false) {
    self.type = type
    self.constraints = constraints
    self.isSensitive = isSensitive
  }

  /// The kinds of values that awsJson carries.
  public indirect enum Kind: Equatable, Sendable {
    case string
    case blob
    case boolean
    /// A whole number of so many bits.
    case integer(bits: Int)
    case float
    case double
    /// A number of any size and precision.
    case number
    case timestamp(TimestampFormat)
    case document
    /// The Swift name of an enum.
    case enumeration(String)
    /// The Swift name of an enum of numbers.
    case intEnumeration(String)
    /// The Swift name of a structure.
    case structure(String)
    /// The Swift name of a union.
    case union(String)
    case list(ResolvedValue, isSparse: Bool)
    case map(key: ResolvedValue, value: ResolvedValue, isSparse: Bool)
  }

  /// The wire formats of timestamps; the raw value is what the trait says.
  public enum TimestampFormat: String, Sendable, CaseIterable {
    case epochSeconds = "epoch-seconds"
    case dateTime = "date-time"
    case httpDate = "http-date"
  }

  /// A rule that the service checks.
  public enum Constraint: Equatable, Sendable {
    case length(Traits.Bounds)
    case range(Traits.Range)
    /// The name of the constant with the compiled pattern.
    case pattern(String)
    /// The value is one that the model lists.
    case enumeration
  }

  /// Whether any structure or union is inside, however deep.
  public var holdsStructure: Bool {
    switch type {
    case .structure, .union: true
    case .list(let element, _): element.holdsStructure
    case .map(_, let value, _): value.holdsStructure
    default: false
    }
  }

  /// Whether the value itself, or anything inside that is not a structure, has a constraint.
  public var isConstrained: Bool {
    if !constraints.isEmpty { return true }
    switch type {
    case .list(let element, _): return element.isConstrained
    case .map(let key, let value, _): return key.isConstrained || value.isConstrained
    default: return false
    }
  }
}
