// Unions and enums of numbers, with every name decided.

/// A union: exactly one of its members is set.
public struct ResolvedUnion: Equatable, Sendable {
  public var swiftName: String
  public var documentation: String
  /// In the order of the model.
  public var members: [Member]
  /// Whether requests can hold the union, so that its members' constraints have to be checked.
  public var isInput: Bool
  /// Whether the union can hold itself with no list or map between.
  public var isIndirect: Bool

  public struct Member: Equatable, Sendable {
    /// The name in JSON.
    public var wireName: String
    /// The enum case.
    public var swiftName: String
    /// The name in validation messages.
    public var pathName: String
    public var documentation: String
    /// Nil when the member is nothing but its name.
    public var value: ResolvedValue?
  }
}

/// An enum of numbers.
public struct ResolvedIntEnumeration: Equatable, Sendable {
  public var swiftName: String
  public var documentation: String
  /// In the order of the model.
  public var cases: [Case]

  public struct Case: Equatable, Sendable {
    public var swiftName: String
    /// The name in the model.
    public var name: String
    public var value: Int
  }
}

/// A part of what the host name of an operation's requests begins with.
public enum HostPrefixPart: Equatable, Sendable {
  case text(String)
  /// A string or enum member of the input.
  case label(ResolvedMember)
}

/// Whether a request that failed with an error may be repeated.
public enum ResolvedRetryability: String, Equatable, Sendable {
  case transient, throttling
}
