// Looking for text in which some characters are open.

/// The search of Baeza-Yates and Gonnet ("A new approach to text searching", 1992): the bits of one word say which
/// beginnings of the sought text end at the current byte, so that each byte of the text is looked at once.
enum ShiftAnd {
  /// The longest text that can be sought, in bytes: one for each bit of the word.
  static let longest = UInt64.bitWidth

  /// Where the first occurrence of `sought` within a part of `text` ends.
  ///
  /// `sought` is UTF-8 with `?` as ``WildcardPattern`` codes it, and ends with none. If case is ignored, it must be in
  /// lower case, and `text` too beyond ASCII.
  static func end(
    of sought: Span<UInt8>, in text: Span<UInt8>, _ range: Range<Int>, ignoringCase: Bool
  ) -> Int? {
    guard (1...longest).contains(sought.count) else { return nil }
    // For each lower half and each upper half of a byte, where it may stand in the sought text: a byte may stand where
    // both of its halves may. Two such tables are small enough for the stack; one for all bytes is not.
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * halves) { places in
      places.initialize(repeating: 0)
      let open = fill(places, sought, ignoringCase: ignoringCase)
      let goal: UInt64 = 1 &<< (sought.count - 1)
      var begun: UInt64 = 0
      for index in range {
        let byte = text[index]
        let fitting = places[Int(byte & 0xF)] & places[halves + Int(byte >> 4)]
        // What stands for a character also stands for the rest of its bytes.
        let continued = byte.isContinuation ? begun & open : 0
        begun = (begun &<< 1 | 1) & fitting | continued
        if begun & goal != 0 { return index + 1 }
      }
      return nil
    }
  }

  /// Fills the tables and answers where any character may stand.
  private static func fill(
    _ places: UnsafeMutableBufferPointer<UInt64>, _ sought: Span<UInt8>, ignoringCase: Bool
  ) -> UInt64 {
    var open: UInt64 = 0
    for index in sought.indices {
      let (byte, place) = (sought[index], UInt64(1) &<< index)
      if byte == WildcardPattern.anyCharacter {
        open |= place
        for half in 0..<halves {
          places[half] |= place
          // No character starts with a continuation byte.
          if !(UInt8(half) << 4).isContinuation { places[halves + half] |= place }
        }
      } else {
        places[Int(byte & 0xF)] |= place
        places[halves + Int(byte >> 4)] |= place
        // The cases of a letter differ in their upper halves only.
        if ignoringCase, (0x61...0x7A).contains(byte) { places[halves + Int(byte >> 4) - 2] |= place }
      }
    }
    return open
  }

  /// How many values half a byte has.
  private static let halves = 16
}
