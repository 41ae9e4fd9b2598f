// JSON numbers: their grammar, and exact conversion to integers and doubles.

/// Where a number's parts lie in the body; its grammar (RFC 8259 §6) has been checked.
struct NumberToken {
  var start: Int
  var end: Int
  var isNegative: Bool
  var integerDigits: Range<Int>
  var fractionDigits: Range<Int>
  /// The power of ten after `e`. Beyond ±10¹⁵ it stays there: no body has digits enough to make up for that.
  var exponent: Int
  var hasExponent: Bool

  static func scan(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> NumberToken {
    var index = start
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let integerDigits = digits(bytes, from: index)
    guard !integerDigits.isEmpty else { throw .syntax(offset: integerDigits.lowerBound) }
    guard integerDigits.count == 1 || bytes[integerDigits.lowerBound] != UInt8(ascii: "0") else {
      throw .syntax(offset: integerDigits.lowerBound + 1)
    }
    index = integerDigits.upperBound
    var fractionDigits = index..<index
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      fractionDigits = digits(bytes, from: index + 1)
      guard !fractionDigits.isEmpty else { throw .syntax(offset: index + 1) }
      index = fractionDigits.upperBound
    }
    var exponent = 0
    let hasExponent = index < bytes.count && bytes[index] | 0x20 == UInt8(ascii: "e")
    if hasExponent {
      index += 1
      let sign = index < bytes.count ? bytes[index] : 0
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { index += 1 }
      let exponentDigits = digits(bytes, from: index)
      guard !exponentDigits.isEmpty else { throw .syntax(offset: index) }
      for digit in exponentDigits {
        exponent = min(exponent * 10 + Int(bytes[digit] - UInt8(ascii: "0")), 1_000_000_000_000_000)
      }
      if sign == UInt8(ascii: "-") { exponent = -exponent }
      index = exponentDigits.upperBound
    }
    return NumberToken(
      start: start, end: index, isNegative: isNegative, integerDigits: integerDigits, fractionDigits: fractionDigits,
      exponent: exponent, hasExponent: hasExponent)
  }

  private static func digits(_ bytes: Span<UInt8>, from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, bytes[end] >= UInt8(ascii: "0"), bytes[end] <= UInt8(ascii: "9") { end += 1 }
    return start..<end
  }
}

extension NumberToken {
  enum Whole: Equatable {
    case value(Int64)
    /// It has a fraction that is not zero.
    case fraction
    /// It needs more than 64 bits.
    case tooLarge
  }

  /// The number as an integer, exactly: `5`, `5.0`, `50e-1` and `0.5e1` are all five.
  func whole(_ bytes: Span<UInt8>) -> Whole {
    let digitCount = integerDigits.count + fractionDigits.count
    // How many of the digits stand before the decimal point once the exponent has moved it.
    let wholeCount = integerDigits.count + exponent
    var value: Int64 = 0
    var isTooLarge = false
    for position in 0..<digitCount {
      let digit = Int64(bytes[index(ofDigit: position)] - UInt8(ascii: "0"))
      if position >= wholeCount {
        if digit != 0 { return .fraction }
      } else if !isTooLarge {
        isTooLarge = !append(digit, to: &value)
      }
    }
    if isTooLarge { return .tooLarge }
    if value == 0 || wholeCount <= digitCount { return .value(value) }
    for _ in digitCount..<wholeCount where !append(0, to: &value) { return .tooLarge }
    return .value(value)
  }

  private func index(ofDigit position: Int) -> Int {
    position < integerDigits.count
      ? integerDigits.lowerBound + position
      : fractionDigits.lowerBound + position - integerDigits.count
  }

  /// Puts one more digit behind `value`, on the side of its sign; false if that overflows.
  private func append(_ digit: Int64, to value: inout Int64) -> Bool {
    let (shifted, overflowed) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowedToo) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
    guard !overflowed, !overflowedToo else { return false }
    value = sum
    return true
  }

  /// The nearest double; nil when that would be infinite.
  func double(_ bytes: [UInt8]) -> Double? {
    if let value = shortDouble(bytes) { return value }
    guard let value = Double(String(decoding: bytes[start..<end], as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  /// Clinger's fast path: up to fifteen digits and a power of ten that is itself exact need a single rounding.
  private func shortDouble(_ bytes: [UInt8]) -> Double? {
    let digitCount = integerDigits.count + fractionDigits.count
    let power = exponent - fractionDigits.count
    guard digitCount <= 15, (-22...22).contains(power) else { return nil }
    var mantissa: Int64 = 0
    for position in 0..<digitCount {
      mantissa = mantissa * 10 + Int64(bytes[index(ofDigit: position)] - UInt8(ascii: "0"))
    }
    let magnitude = power < 0 ? Double(mantissa) / Self.powersOfTen[-power] : Double(mantissa) * Self.powersOfTen[power]
    return isNegative ? -magnitude : magnitude
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
