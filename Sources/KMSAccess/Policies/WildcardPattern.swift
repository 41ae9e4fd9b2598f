// Text with `*` and `?`, as policies match with it.

/// A pattern in which `*` stands for any text and `?` for any one character.
public struct WildcardPattern: Hashable, Sendable {
  /// What matching takes; most patterns need no search.
  private enum Form: Hashable, Sendable {
    case anything
    case exactly
    /// Text with one wildcard at its end, for any text.
    case prefix
    case search
  }

  /// The text in UTF-8, with wildcards as bytes that UTF-8 never has: so a `*` can also be meant literally.
  private let bytes: [UInt8]
  private let form: Form
  private let ignoresCase: Bool

  /// Takes `text` as a pattern; `ignoresCase` makes letters equal to their other case.
  public init(_ text: some StringProtocol, ignoringCase ignoresCase: Bool = false) {
    let bytes = ignoresCase ? Array(text.lowercased().utf8) : Array(text.utf8)
    self.init(coded: bytes.map(Self.coded), ignoringCase: ignoresCase)
  }

  /// Takes text in which wildcards are already coded; in lower case if case is to be ignored.
  init(coded bytes: [UInt8], ignoringCase ignoresCase: Bool) {
    self.ignoresCase = ignoresCase
    let wildcard = bytes.firstIndex(where: Self.isWildcard)
    if let wildcard, bytes[wildcard] == Self.anyText, wildcard == bytes.count - 1 {
      self.bytes = Array(bytes.dropLast())
      form = wildcard == 0 ? .anything : .prefix
    } else {
      self.bytes = bytes
      form = wildcard == nil ? .exactly : .search
    }
  }

  /// A byte of a pattern's text, coded.
  static func coded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "*"): anyText
    case UInt8(ascii: "?"): anyCharacter
    default: byte
    }
  }

  /// Whether a coded byte is a wildcard.
  static func isWildcard(_ byte: UInt8) -> Bool { byte == anyText || byte == anyCharacter }

  private static let anyText: UInt8 = 0xFF
  private static let anyCharacter: UInt8 = 0xFE

  // MARK: Matching

  /// Whether all of `text` matches.
  public func matches(_ text: some StringProtocol) -> Bool { text.withUTF8Span { matches($0) } }

  /// Whether all of `text`, which is UTF-8, matches.
  func matches(_ text: Span<UInt8>) -> Bool {
    // Letters beyond ASCII may change their length with their case, so they need a copy; nearly no text has them.
    if ignoresCase, !Self.isASCII(text) {
      var copy: [UInt8] = []
      for index in text.indices { copy.append(text[index]) }
      return decide(Array(String(decoding: copy, as: UTF8.self).lowercased().utf8).span)
    }
    return decide(text)
  }

  private func decide(_ text: Span<UInt8>) -> Bool {
    switch form {
    case .anything: true
    case .exactly: text.count == bytes.count && agrees(with: text)
    case .prefix: text.count >= bytes.count && agrees(with: text)
    case .search: search(text)
    }
  }

  private func agrees(with text: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] != folded(text[index]) { return false }
    return true
  }

  /// Matches greedily, going back to the last star only: what an earlier star took need never change.
  private func search(_ text: Span<UInt8>) -> Bool {
    var (position, index) = (0, 0)
    var resume: (position: Int, index: Int)?
    while index < text.count {
      if position < bytes.count, bytes[position] == Self.anyText {
        resume = (position, index)
        position += 1
      } else if position < bytes.count, bytes[position] == Self.anyCharacter {
        position += 1
        index = Self.end(ofCharacterAt: index, text)
      } else if position < bytes.count, bytes[position] == folded(text[index]) {
        position += 1
        index += 1
      } else if let last = resume {
        resume = (last.position, last.index + 1)
        (position, index) = (last.position + 1, last.index + 1)
      } else {
        return false
      }
    }
    return bytes[position...].allSatisfy { $0 == Self.anyText }
  }

  private static func end(ofCharacterAt index: Int, _ text: Span<UInt8>) -> Int {
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private func folded(_ byte: UInt8) -> UInt8 {
    ignoresCase && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  private static func isASCII(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] >= 0x80 { return false }
    return true
  }
}
