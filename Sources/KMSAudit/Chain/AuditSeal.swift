// The last member of a record's line: its number and its link.

/// `,"keywright":{"sequence":N,"chain":"…"}`: what the trail adds to a record.
///
/// It has one spelling only, and is found from the line's end, where no text of a record can pose as it.
struct AuditSeal: Sendable {
  /// The record's number; the first is 1.
  let sequence: UInt64
  /// The record's link.
  let link: [UInt8]

  private static let opening = Array(#","keywright":{"sequence":"#.utf8)
  private static let middle = Array(#","chain":""#.utf8)
  private static let closing = Array(#""}}"#.utf8)

  /// About how many bytes a seal adds to a record, its line's end included: never more than this.
  static let maximumBytes = opening.count + 20 + middle.count + 2 * AuditChain.linkBytes + closing.count + 1

  /// Adds a record's line to `text`: the object without its last brace, the seal, and the line's end.
  func appendLine(of content: ArraySlice<UInt8>, to text: inout [UInt8]) {
    text += content
    text += Self.opening
    text += Array(String(sequence).utf8)
    text += Self.middle
    for byte in link {
      text.append(Self.digit(byte >> 4))
      text.append(Self.digit(byte & 15))
    }
    text += Self.closing
    text.append(UInt8(ascii: "\n"))
  }

  /// Takes a line, without its end, apart into the record's content and the seal; nil when it has none.
  static func split(_ line: ArraySlice<UInt8>) -> (content: ArraySlice<UInt8>, seal: AuditSeal)? {
    var rest = line
    guard drop(closing, from: &rest) else { return nil }
    guard let link = bytes(hex: rest.suffix(2 * AuditChain.linkBytes)) else { return nil }
    rest = rest.dropLast(2 * AuditChain.linkBytes)
    guard drop(middle, from: &rest) else { return nil }
    let digits = rest.suffix(20).reversed().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    guard let sequence = number(rest.suffix(digits)) else { return nil }
    rest = rest.dropLast(digits)
    guard drop(opening, from: &rest), rest.first == UInt8(ascii: "{") else { return nil }
    return (rest, AuditSeal(sequence: sequence, link: link))
  }

  private static func drop(_ text: [UInt8], from rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.suffix(text.count).elementsEqual(text) else { return false }
    rest = rest.dropLast(text.count)
    return true
  }

  /// A number from 1 on, without leading zeros.
  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    guard let first = digits.first, first != UInt8(ascii: "0") else { return nil }
    return UInt64(String(decoding: digits, as: UTF8.self))
  }

  private static func bytes(hex digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count == 2 * AuditChain.linkBytes else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(AuditChain.linkBytes)
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let upper = high {
        bytes.append(upper << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
