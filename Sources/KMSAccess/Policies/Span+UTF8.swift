// UTF-8 as patterns look at it.

extension Span<UInt8> {
  /// Whether `bytes` come first. If case is ignored, they must be in lower case, and this text too beyond ASCII.
  func starts(with bytes: [UInt8], ignoringCase: Bool) -> Bool {
    guard bytes.count <= count else { return false }
    for index in bytes.indices where self[index].folded(if: ignoringCase) != bytes[index] { return false }
    return true
  }

  /// Where the character ends that starts at `index`, which is below `limit`.
  func endOfCharacter(at index: Int, below limit: Int) -> Int {
    var end = index + 1
    while end < limit, self[end].isContinuation { end += 1 }
    return end
  }

  /// Where `distance` characters from `index` on end; nil when there are fewer before `limit`.
  func index(_ index: Int, advancedBy distance: Int, below limit: Int) -> Int? {
    var position = index
    for _ in 0..<distance {
      guard position < limit else { return nil }
      position = endOfCharacter(at: position, below: limit)
    }
    return position
  }
}

extension UInt8 {
  /// Whether the byte is one of a character in UTF-8, but not its first.
  var isContinuation: Bool { self & 0xC0 == 0x80 }

  /// The byte, or the lower case of an ASCII letter if case is ignored.
  func folded(if ignoringCase: Bool) -> UInt8 { ignoringCase && (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
