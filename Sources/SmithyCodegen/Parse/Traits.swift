// The traits of a shape or a member, with typed access to those the generator knows.

/// Traits by their absolute id. Traits that the generator does not know are kept and ignored.
public struct Traits: Equatable, Sendable {
  private var values: [String: JSONNode]

  public init(_ values: [String: JSONNode] = [:]) {
    self.values = values
  }

  /// Whether the trait `id` is applied, whatever its value.
  public func has(_ id: String) -> Bool { values[id] != nil }

  /// The value of the trait `id`.
  public subscript(id: String) -> JSONNode? { values[id] }

  /// These traits, with those of `others` in place of the same ones here: a member's traits win over its target's.
  public func overridden(by others: Traits) -> Traits {
    Traits(values.merging(others.values) { _, other in other })
  }

  /// These traits but those called one of `ids`.
  func without(_ ids: Set<String>) -> Traits { Traits(values.filter { !ids.contains($0.key) }) }

  public var isRequired: Bool { has("smithy.api#required") }
  public var isSensitive: Bool { has("smithy.api#sensitive") }
  public var isSparse: Bool { has("smithy.api#sparse") }
  public var isStreaming: Bool { has("smithy.api#streaming") }
  public var isDeprecated: Bool { has("smithy.api#deprecated") }
  public var isClientOptional: Bool { has("smithy.api#clientOptional") }
  public var isIdempotencyToken: Bool { has("smithy.api#idempotencyToken") }
  public var isHostLabel: Bool { has("smithy.api#hostLabel") }
  public var isRequestCompression: Bool { has("smithy.api#requestCompression") }

  /// The value that stands in for an absent member; nil when there is none, or when that is null.
  public var defaultValue: JSONNode? { self["smithy.api#default"].flatMap { $0 == .null ? nil : $0 } }
  /// What the host name of an operation's requests begins with, with `{member}` for members of the input.
  public var hostPrefix: String? { self["smithy.api#endpoint"]?["hostPrefix"]?.text }

  /// The bounds of the length trait.
  public var length: Bounds? { self["smithy.api#length"].map(Bounds.init) }
  /// The bounds of the range trait.
  public var range: Range? { self["smithy.api#range"].map(Range.init) }
  /// The regular expression of the pattern trait.
  public var pattern: String? { self["smithy.api#pattern"]?.text }
  /// `client` or `server` for errors, nil for anything else.
  public var error: String? { self["smithy.api#error"]?.text }
  /// The HTTP status of an error.
  public var httpError: Int? { self["smithy.api#httpError"]?.integer }
  /// The wire format the model prescribes for a timestamp.
  public var timestampFormat: String? { self["smithy.api#timestampFormat"]?.text }

  /// A smallest and a largest value, either of which may be missing.
  public struct Bounds: Hashable, Sendable {
    public var min: Int?
    public var max: Int?

    public init(min: Int? = nil, max: Int? = nil) {
      self.min = min
      self.max = max
    }

    init(_ node: JSONNode) {
      self.init(min: node["min"]?.integer, max: node["max"]?.integer)
    }
  }

  /// A smallest and a largest number, either of which may be missing, and which need not be whole.
  public struct Range: Hashable, Sendable {
    public var min: Double?
    public var max: Double?

    public init(min: Double? = nil, max: Double? = nil) {
      self.min = min
      self.max = max
    }

    init(_ node: JSONNode) {
      self.init(min: node["min"]?.number, max: node["max"]?.number)
    }
  }
}
