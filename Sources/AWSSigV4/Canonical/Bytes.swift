// Looking at text as bytes: bounds are checked, nothing is copied.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension UInt8 {
  /// The byte with an ASCII capital turned into its small letter.
  var lowercasedASCII: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }

  /// White space as it can stand in a header value: space, tab, and the line ends of a folded value.
  var isWhiteSpace: Bool { self <= 0x20 && (self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A) }
}

extension String {
  /// Lends the UTF-8 bytes for the length of `body`.
  func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var contiguous = self
    let outcome = contiguous.withUTF8 { buffer in
      Swift.Result { () throws(Failure) in try body(buffer.span) }
    }
    return try outcome.get()
  }

  /// Text from a part of `bytes`.
  init(_ bytes: Span<UInt8>, in range: Range<Int>) {
    self = bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  /// The text without white space at its ends.
  var trimmingWhiteSpace: String {
    guard let first = utf8.first, let last = utf8.last, first.isWhiteSpace || last.isWhiteSpace else { return self }
    return withBytes { String($0, in: $0.trimmed($0.indices)) }
  }
}

extension Span<UInt8> {
  /// The place of the first `byte` within `range`.
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    extracting(range).withUnsafeBytes { part in
      guard let start = part.baseAddress, let found = memchr(start, Int32(byte), part.count) else { return nil }
      return range.lowerBound + (UnsafeRawPointer(found) - start)
    }
  }

  /// `range` without white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isWhiteSpace { start += 1 }
    while start < end, self[end - 1].isWhiteSpace { end -= 1 }
    return start..<end
  }

  /// Whether `range` holds exactly `text`.
  func matches(_ text: String, in range: Range<Int>) -> Bool {
    guard text.utf8.count == range.count else { return false }
    let part = extracting(range)
    return text.withBytes { text in
      for index in text.indices where part[index] != text[index] { return false }
      return true
    }
  }

  /// Whether the lower-case text in `range` is `text` in any case.
  func matchesIgnoringCase(_ text: String, in range: Range<Int>) -> Bool {
    guard text.utf8.count == range.count else { return false }
    let part = extracting(range)
    return text.withBytes { text in
      for index in text.indices where part[index] != text[index].lowercasedASCII { return false }
      return true
    }
  }

  /// Whether the bytes of `left` come before those of `right`.
  func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    for (l, r) in zip(left, right) where self[l] != self[r] { return self[l] < self[r] }
    return left.count < right.count
  }
}
