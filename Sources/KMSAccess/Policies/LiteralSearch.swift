// Looking for long text.

/// The search of Knuth, Morris and Pratt ("Fast pattern matching in strings", 1977): it never goes back in a text, but
/// knows from what it has seen how much of the sought text that still is the beginning of.
struct LiteralSearch: Hashable, Sendable {
  private let sought: [UInt8]
  /// For each beginning of the sought text, by its last byte: how long its longest end is that is also a shorter
  /// beginning.
  private let borders: [Int]

  /// Prepares the search for text in UTF-8; in lower case if case is to be ignored.
  init(_ sought: [UInt8]) {
    self.sought = sought
    var borders: [Int] = []
    borders.reserveCapacity(sought.count)
    for byte in sought {
      guard !borders.isEmpty else {
        borders.append(0)
        continue
      }
      borders.append(Self.extended(borders[borders.count - 1], by: byte, sought, borders))
    }
    self.borders = borders
  }

  /// Where the first occurrence within a part of `text` ends. If case is ignored, it must be lower beyond ASCII.
  func end(in text: Span<UInt8>, _ range: Range<Int>, ignoringCase: Bool) -> Int? {
    var length = 0
    for index in range {
      length = Self.extended(length, by: text[index].folded(if: ignoringCase), sought, borders)
      if length == sought.count { return index + 1 }
    }
    return nil
  }

  /// How long a beginning of the sought text ends with `byte`, where one of `length`, not all of it, ended before.
  private static func extended(_ length: Int, by byte: UInt8, _ sought: [UInt8], _ borders: [Int]) -> Int {
    var length = length
    while sought[length] != byte {
      guard length > 0 else { return 0 }
      length = borders[length - 1]
    }
    return length + 1
  }
}
