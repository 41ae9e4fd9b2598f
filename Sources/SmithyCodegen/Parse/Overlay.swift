// What the model does not say: our documentation, names, corrections, and which outputs are always there.

/// The reviewed additions to a model. Shapes are named without their namespace, members as `Shape$Member`.
public struct Overlay: Equatable, Sendable {
  /// Words that are written in capitals inside Swift names.
  public var acronyms: Set<String> = []
  /// Swift names of shapes whose own name does not read well.
  public var typeNames: [String: String] = [:]
  /// Swift identifiers for words that the naming rules would get wrong.
  public var identifiers: [String: String] = [:]
  /// Members that the model calls sensitive although they are not.
  public var notSensitive: Set<String> = []
  /// Members that are sensitive although the model does not say so.
  public var sensitive: Set<String> = []
  /// Output members that the service always sends, by structure.
  public var alwaysPresent: [String: Set<String>] = [:]
  /// Groups of input members of which exactly one is given.
  public var exactlyOneOf: [Choice] = []
  /// Which required output members clients make up when the service left them out, as Smithy's "client error
  /// correction" wants.
  public var errorCorrection = ErrorCorrection.none
  public var documentation = Documentation()

  public init() {}

  /// The required output members that a client makes up.
  ///
  /// A service that may forget a member is better served by an answer with a hole in it than by none. But for keys,
  /// ciphertexts and names a made-up value is worse than an error, since nobody can tell it from one that was sent: an
  /// empty data key, say.
  public enum ErrorCorrection: String, Sendable, CaseIterable {
    /// None: a missing member is an error.
    case none
    /// Enums, as an unknown value that is empty, and booleans, as false.
    case flags
    /// All: empty, zero or false.
    case all
  }

  /// A group of input members of which exactly one is given.
  public struct Choice: Equatable, Sendable {
    /// The name of the Swift enum that holds the choice.
    public var type: String
    /// The argument label of the choice.
    public var label: String
    public var documentation: String
    /// The input structures that have the choice.
    public var structures: [String]
    /// The members to choose from, one enum case each.
    public var members: [String]

    public init(type: String, label: String, documentation: String, structures: [String], members: [String]) {
      self.type = type
      self.label = label
      self.documentation = documentation
      self.structures = structures
      self.members = members
    }
  }

  /// One-line descriptions by name.
  public struct Documentation: Equatable, Sendable {
    public var service = ""
    public var operations: [String: String] = [:]
    public var structures: [String: String] = [:]
    public var members: [String: String] = [:]
    /// Descriptions of members that mean something else in one structure.
    public var memberOverrides: [String: String] = [:]
    public var enums: [String: String] = [:]
    public var errors: [String: String] = [:]

    public init() {}
  }
}
