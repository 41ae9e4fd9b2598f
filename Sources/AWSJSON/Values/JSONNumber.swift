// Numbers of any size and precision, kept as they are written.

/// A number as the text it has in JSON: what Smithy's `bigInteger` and `bigDecimal` hold.
///
/// No arithmetic is done with it, and nothing is rounded. Two of them are equal when their texts are: `1.0` is not `1`.
public struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
  /// The number by the grammar of RFC 8259 §6: `-12.50e3`.
  public let text: String

  /// The number written as `text`; nil when that is not a JSON number.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let token = try? NumberToken.scan(bytes.span, at: 0), token.end == bytes.count else { return nil }
    self.text = text
  }

  public init(_ value: Int) { text = String(value) }

  /// `text`, whose grammar has been checked.
  init(checked text: String) { self.text = text }

  /// The nearest double; infinite when the number is too large for one.
  public var double: Double { Double(text) ?? .nan }

  public var description: String { text }
}

extension JSONReader {
  /// The number that comes next, whatever its size and precision.
  public mutating func readNumber() throws(JSONError) -> JSONNumber {
    try expect(.number)
    let token = try scanNumber()
    return JSONNumber(checked: String(decoding: bytes[token.start..<token.end], as: UTF8.self))
  }
}

extension JSONWriter {
  /// A number of any size and precision, as it is.
  public mutating func number(_ value: JSONNumber) {
    guard beginValue() else { return }
    appendASCII(value.text)
  }
}
