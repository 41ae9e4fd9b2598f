// One block of PEM text (RFC 7468, 3, stricttextualmsg), over borrowed bytes.

internal import SecureMemory

/// Where the base64 of a PEM text is, found by the line structure alone.
///
/// It views the memory it was read from, and must not outlive the call that lent it.
struct PEMBlock {
  /// More than the base64 of the 65,535 bytes that the DER reader takes.
  static let maximumByteCount = 131_072

  private static let lineLength = 64

  private let text: UnsafeRawBufferPointer
  /// The base64 characters of each line, in order: multiples of 4, and at least one line.
  private let lines: [Range<Int>]

  init(_ text: UnsafeRawBufferPointer, label: String) throws(DataKeyError) {
    guard text.count <= Self.maximumByteCount else { throw .malformedPEM }
    self.text = text
    var scanner = LineScanner(text)
    guard let head = scanner.next(), text[head].elementsEqual("-----BEGIN \(label)-----".utf8) else {
      throw .malformedPEM
    }
    var lines: [Range<Int>] = []
    while let line = scanner.next() {
      // A hyphen is no base64 character, so that this tells nothing of the content.
      if text[line].first == UInt8(ascii: "-") {
        guard text[line].elementsEqual("-----END \(label)-----".utf8), scanner.isAtEnd, !lines.isEmpty else { break }
        self.lines = lines
        return
      }
      // Only the last line may be shorter than the others.
      guard (1...Self.lineLength).contains(line.count), line.count % 4 == 0,
        lines.last.map({ $0.count == Self.lineLength }) ?? true
      else { break }
      lines.append(line)
    }
    throw .malformedPEM
  }

  /// The decoded content.
  ///
  /// Only at the end does it tell whether every character was one of base64, and every unused bit zero.
  func content() throws(DataKeyError) -> SecretBytes {
    guard let lastLine = lines.last else { throw .malformedPEM }
    let padding = text[lastLine].suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    let characterCount = lines.reduce(0) { $0 + $1.count }
    return try SecretBytes(count: characterCount / 4 * 3 - padding) { (output) throws(DataKeyError) in
      var faults: Int32 = 0
      var end = 0
      for line in lines {
        for start in stride(from: line.lowerBound, to: line.upperBound, by: 4) {
          let isLast = start + 4 == lastLine.upperBound
          let count = isLast ? 3 - padding : 3
          var bits: Int32 = 0
          for index in 0..<4 {
            // Padding stands for zeros: RFC 4648, 4.
            let value = index <= count ? Self.bits(of: text[start + index]) : 0
            faults |= value
            bits = bits << 6 | value & 63
          }
          for index in 0..<count {
            output[end] = UInt8(truncatingIfNeeded: bits >> Int32(16 - 8 * index))
            end += 1
          }
          if isLast, padding > 0 { faults |= 0 - (bits & (padding == 1 ? 0xFF : 0xFFFF)) }
        }
      }
      guard faults >= 0 else { throw .malformedPEM }
    }
  }

  /// The six bits of a base64 character, or -1, by arithmetic: a table would tell a cache observer what was looked up.
  private static func bits(of character: UInt8) -> Int32 {
    let code = Int32(character)
    var value: Int32 = -1
    value += ((0x40 - code) & (code - 0x5B)) >> 8 & (code - 0x40)  // A-Z
    value += ((0x60 - code) & (code - 0x7B)) >> 8 & (code - 0x46)  // a-z
    value += ((0x2F - code) & (code - 0x3A)) >> 8 & (code + 5)  // 0-9
    value += ((0x2A - code) & (code - 0x2C)) >> 8 & 63  // +
    value += ((0x2E - code) & (code - 0x30)) >> 8 & 64  // /
    return value
  }
}

/// Takes a text apart into its lines.
private struct LineScanner {
  private let text: UnsafeRawBufferPointer
  private var position = 0

  init(_ text: UnsafeRawBufferPointer) { self.text = text }

  var isAtEnd: Bool { position == text.count }

  /// The next line without its end; nil after the last.
  mutating func next() -> Range<Int>? {
    guard position < text.count else { return nil }
    let start = position
    let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
    position = min(end + 1, text.count)
    let hasCarriageReturn = end < text.count && end > start && text[end - 1] == UInt8(ascii: "\r")
    return start..<(hasCarriageReturn ? end - 1 : end)
  }
}
