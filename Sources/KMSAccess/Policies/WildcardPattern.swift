// Text with `*` and `?`, as policies match with it.

/// A pattern in which `*` stands for any text and `?` for any one character.
public struct WildcardPattern: Hashable, Sendable {
  /// What matching takes; most patterns need no search.
  private enum Form: Hashable, Sendable {
    case anything
    case exactly
    /// Text with one `*` at its end.
    case prefix
    case search
  }

  private let bytes: [UInt8]
  private let form: Form
  private let ignoresCase: Bool

  /// Takes `text` as a pattern; `ignoresCase` makes ASCII letters equal to their other case.
  public init(_ text: some StringProtocol, ignoringCase ignoresCase: Bool = false) {
    let bytes = text.utf8.map { ignoresCase ? Self.lowercased($0) : $0 }
    self.ignoresCase = ignoresCase
    let wildcard = bytes.firstIndex { $0 == Self.star || $0 == Self.questionMark }
    if let wildcard, bytes[wildcard] == Self.star, wildcard == bytes.count - 1 {
      self.bytes = Array(bytes.dropLast())
      form = wildcard == 0 ? .anything : .prefix
    } else {
      self.bytes = bytes
      form = wildcard == nil ? .exactly : .search
    }
  }

  /// Whether all of `text` matches.
  public func matches(_ text: some StringProtocol) -> Bool {
    if form == .anything { return true }
    let found = text.utf8.withContiguousStorageIfAvailable { matches($0.span) }
    return found ?? matches(Array(text.utf8).span)
  }

  private func matches(_ text: Span<UInt8>) -> Bool {
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
      if position < bytes.count, bytes[position] == Self.star {
        resume = (position, index)
        position += 1
      } else if position < bytes.count, bytes[position] == Self.questionMark {
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
    return bytes[position...].allSatisfy { $0 == Self.star }
  }

  private static func end(ofCharacterAt index: Int, _ text: Span<UInt8>) -> Int {
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private func folded(_ byte: UInt8) -> UInt8 { ignoresCase ? Self.lowercased(byte) : byte }

  private static let star = UInt8(ascii: "*")
  private static let questionMark = UInt8(ascii: "?")

  private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
