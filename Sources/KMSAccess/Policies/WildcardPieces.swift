// A pattern with wildcards, cut at its stars.

/// What stands between the `*`s of a pattern.
///
/// The first piece and the last have their place, at the text's ends. Each of the others is taken where it first occurs
/// behind the one before: if a pattern can match, it can so, for that leaves the most text to the pieces that follow.
/// So nothing is looked at again for another try.
struct WildcardPieces: Hashable, Sendable {
  /// A piece that may be anywhere.
  private struct Floating: Hashable, Sendable {
    /// How many characters there must be before it, behind the piece before.
    let distance: Int
    /// Where it lies in the pattern; neither empty nor with a `?` at an end.
    let range: Range<Int>
    /// What is long takes more than ``ShiftAnd``, which can also do `?`.
    let long: LiteralSearch?

    var isSearchable: Bool { range.count <= ShiftAnd.longest || long != nil }
  }

  /// The pattern, coded as ``WildcardPattern`` does; in lower case if case is ignored.
  private let bytes: [UInt8]
  private let ignoresCase: Bool
  private let first: Range<Int>
  /// Nil for a pattern without a star, which is all one piece.
  private let last: Range<Int>?
  private let floating: [Floating]
  /// How many characters there must be between the last floating piece and the last of all.
  private let distance: Int

  /// Whether every piece can be searched for; otherwise nothing matches.
  let areSearchable: Bool

  init(_ bytes: [UInt8], ignoringCase ignoresCase: Bool) {
    self.bytes = bytes
    self.ignoresCase = ignoresCase
    var floating: [Floating] = []
    var distance = 0
    if let firstStar = bytes.firstIndex(of: WildcardPattern.anyText),
      let lastStar = bytes.lastIndex(of: WildcardPattern.anyText)
    {
      first = 0..<firstStar
      last = (lastStar + 1)..<bytes.count
      for part in bytes[firstStar...lastStar].split(separator: WildcardPattern.anyText) {
        // A `?` beside a star may as well stand on the star's other side: it only keeps pieces apart.
        guard let start = part.firstIndex(where: { $0 != WildcardPattern.anyCharacter }),
          let end = part.lastIndex(where: { $0 != WildcardPattern.anyCharacter })
        else {
          distance += part.count
          continue
        }
        let piece = part[start...end]
        let isLong = piece.count > ShiftAnd.longest && !piece.contains(WildcardPattern.anyCharacter)
        floating.append(
          Floating(
            distance: distance + start - part.startIndex, range: start..<(end + 1),
            long: isLong ? LiteralSearch(Array(piece)) : nil))
        distance = part.endIndex - end - 1
      }
    } else {
      first = 0..<bytes.count
      last = nil
    }
    self.floating = floating
    self.distance = distance
    areSearchable = floating.allSatisfy(\.isSearchable)
  }

  // MARK: Matching

  /// Whether all of `text`, which is UTF-8, matches.
  func match(_ text: Span<UInt8>) -> Bool {
    guard areSearchable, var position = endOfFirst(in: text) else { return false }
    guard let last else { return position == text.count }
    guard let end = start(of: last, in: text, from: position) else { return false }
    for piece in floating {
      guard let start = text.index(position, advancedBy: piece.distance, below: end),
        let found = self.end(of: piece, in: text, start..<end)
      else { return false }
      position = found
    }
    return text.index(position, advancedBy: distance, below: end) != nil
  }

  private func endOfFirst(in text: Span<UInt8>) -> Int? {
    var position = 0
    for index in first {
      guard position < text.count else { return nil }
      if bytes[index] == WildcardPattern.anyCharacter {
        position = text.endOfCharacter(at: position, below: text.count)
      } else {
        guard text[position].folded(if: ignoresCase) == bytes[index] else { return nil }
        position += 1
      }
    }
    return position
  }

  /// Where the last piece starts, which ends where the text does; it must not start before `floor`.
  private func start(of last: Range<Int>, in text: Span<UInt8>, from floor: Int) -> Int? {
    var position = text.count
    for index in last.reversed() {
      guard position > floor else { return nil }
      position -= 1
      if bytes[index] == WildcardPattern.anyCharacter {
        while position > floor, text[position].isContinuation { position -= 1 }
      } else {
        guard text[position].folded(if: ignoresCase) == bytes[index] else { return nil }
      }
    }
    return position
  }

  /// Where the first occurrence of a piece within a part of the text ends.
  private func end(of piece: Floating, in text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    if let long = piece.long { return long.end(in: text, range, ignoringCase: ignoresCase) }
    return ShiftAnd.end(
      of: bytes.span.extracting(piece.range), in: text, range, ignoringCase: ignoresCase)
  }
}
