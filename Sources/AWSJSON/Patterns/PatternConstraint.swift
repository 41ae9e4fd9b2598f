// Smithy's `pattern` trait, matched in linear time whatever the input is.

public import SecureMemory

/// A compiled pattern that a string has to match from its first character to its last.
///
/// The Smithy trait speaks of finding a match anywhere unless the pattern is anchored; AWS services match the whole string,
/// and KMS's patterns rely on it (`[\u0020-\u00FF]*` would otherwise allow everything). So do we.
///
/// Supported is what models use: literals, `.`, classes with ranges, `\d \s \w` (ASCII, as in Java and ECMAScript), escapes,
/// `\p{…}` with general categories, groups, alternation, `* + ? {n} {n,} {n,m}`, `^` and `$`. Matching walks the string once,
/// following all alternatives at the same time; nothing backtracks.
public struct PatternConstraint: Sendable {
  /// The pattern as the model has it.
  public let source: String
  private let matcher: Matcher

  private enum Matcher: Sendable {
    /// One class, repeated: by far the most common pattern.
    case run(CharacterClass, counts: ClosedRange<Int>)
    case program(PatternProgram)
    case nothing
  }

  /// A pattern of generated code. One that is not supported matches nothing; ``isSupported`` tells.
  public init(_ pattern: StaticString) {
    source = pattern.description
    matcher = (try? Self.compile(source)) ?? .nothing
  }

  /// A pattern from anywhere, such as a model a generator reads.
  public init(compiling source: String) throws(PatternSyntaxError) {
    self.source = source
    matcher = try Self.compile(source)
  }

  private static func compile(_ source: String) throws(PatternSyntaxError) -> Matcher {
    let node = try PatternParser.parse(source)
    if let run = node.asRun { return .run(run.set, counts: run.counts) }
    return .program(try PatternProgram(node))
  }

  /// Whether the pattern could be compiled.
  public var isSupported: Bool {
    if case .nothing = matcher { false } else { true }
  }

  /// Whether all of `text` matches, in time proportional to its length (times the pattern's, at worst).
  public func matches(_ text: String) -> Bool { matches(text.unicodeScalars.makeIterator()) }

  /// As ``matches(_:)-(String)`` for a secret string's UTF-8.
  public func matches(_ text: SecretBytes) -> Bool {
    text.withUnsafeBytes { matches(UTF8Scalars($0)) }
  }

  private func matches(_ scalars: some IteratorProtocol<Unicode.Scalar>) -> Bool {
    switch matcher {
    case .run(let set, let counts):
      var scalars = scalars
      var count = 0
      while let scalar = scalars.next() {
        guard set.contains(scalar), count < counts.upperBound else { return false }
        count += 1
      }
      return count >= counts.lowerBound
    case .program(let program): return program.matches(scalars)
    case .nothing: return false
    }
  }

  /// The scalars of UTF-8 that is no `String`; malformed parts become replacement characters.
  private struct UTF8Scalars: IteratorProtocol {
    private var bytes: UnsafeRawBufferPointer.Iterator
    private var decoder = UTF8()

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes.makeIterator() }

    mutating func next() -> Unicode.Scalar? {
      switch decoder.decode(&bytes) {
      case .scalarValue(let scalar): scalar
      case .error: "\u{FFFD}"
      case .emptyInput: nil
      }
    }
  }
}
