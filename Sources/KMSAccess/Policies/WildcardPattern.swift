// Text with `*` and `?`, as policies match with it.

/// A pattern in which `*` stands for any text and `?` for any one character.
///
/// Patterns and texts both come from callers, so matching takes time in proportion to the length of the two together,
/// whatever is in them.
public struct WildcardPattern: Hashable, Sendable {
  /// What matching takes; most patterns need no search.
  private enum Form: Hashable, Sendable {
    case anything
    case exactly([UInt8])
    /// Text with one wildcard at its end, for any text.
    case prefix([UInt8])
    case pieces(WildcardPieces)
  }

  private let form: Form
  private let ignoresCase: Bool

  /// Takes `text` as a pattern; `ignoresCase` makes letters equal to their other case.
  public init(_ text: some StringProtocol, ignoringCase ignoresCase: Bool = false) {
    let bytes = ignoresCase ? Array(text.lowercased().utf8) : Array(text.utf8)
    self.init(coded: bytes.map(Self.coded), ignoringCase: ignoresCase)
  }

  /// Takes text in UTF-8 in which wildcards are already coded; in lower case if case is to be ignored.
  init(coded bytes: [UInt8], ignoringCase ignoresCase: Bool) {
    self.ignoresCase = ignoresCase
    let wildcard = bytes.firstIndex(where: Self.isWildcard)
    if let wildcard, bytes[wildcard] == Self.anyText, wildcard == bytes.count - 1 {
      form = wildcard == 0 ? .anything : .prefix(Array(bytes.dropLast()))
    } else if wildcard != nil {
      form = .pieces(WildcardPieces(bytes, ignoringCase: ignoresCase))
    } else {
      form = .exactly(bytes)
    }
  }

  /// Whether it can be searched for in a text. One that cannot matches nothing, and has no place in a policy: it has
  /// more than ``ShiftAnd/longest`` bytes between two `*`, with a `?` among them. (A `?` next to a `*` does not count.)
  var isSearchable: Bool {
    if case .pieces(let pieces) = form { pieces.areSearchable } else { true }
  }

  /// A byte of a pattern's text, coded: wildcards are bytes that UTF-8 never has, so a `*` can also be meant literally.
  static func coded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "*"): anyText
    case UInt8(ascii: "?"): anyCharacter
    default: byte
    }
  }

  /// Whether a coded byte is a wildcard.
  static func isWildcard(_ byte: UInt8) -> Bool { byte == anyText || byte == anyCharacter }

  /// The code of `*`.
  static let anyText: UInt8 = 0xFF
  /// The code of `?`.
  static let anyCharacter: UInt8 = 0xFE

  // MARK: Matching

  /// Whether all of `text` matches.
  public func matches(_ text: some StringProtocol) -> Bool { text.withUTF8Span { matches($0) } }

  /// Whether all of `text`, which is UTF-8, matches.
  func matches(_ text: Span<UInt8>) -> Bool {
    guard ignoresCase else { return decide(text) }
    // A character's other case has at most three times its bytes, or a third of them. Without this, each short value of
    // a policy could have a long text copied.
    if case .exactly(let bytes) = form, text.count / 3 > bytes.count || bytes.count / 3 > text.count { return false }
    // Letters beyond ASCII may change their length with their case, so they need a copy; nearly no text has them.
    guard !Self.isASCII(text) else { return decide(text) }
    let copy = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    return decide(Array(copy.lowercased().utf8).span)
  }

  private func decide(_ text: Span<UInt8>) -> Bool {
    switch form {
    case .anything: true
    case .exactly(let bytes): text.count == bytes.count && text.starts(with: bytes, ignoringCase: ignoresCase)
    case .prefix(let bytes): text.starts(with: bytes, ignoringCase: ignoresCase)
    case .pieces(let pieces): pieces.match(text)
    }
  }

  private static func isASCII(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] >= 0x80 { return false }
    return true
  }
}
