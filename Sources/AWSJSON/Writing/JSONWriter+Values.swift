// Single values: strings, numbers, booleans, blobs, times, documents.

public import SecureMemory

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension JSONWriter {
  public mutating func string(_ value: String) {
    guard beginValue() else { return }
    appendQuoted(value)
  }

  public mutating func enumeration(_ value: some AWSJSONEnumeration) { string(value.rawValue) }

  public mutating func structure(_ value: some AWSJSONStructure) { value.encode(&self) }

  public mutating func int(_ value: Int) { int(Int64(value)) }

  public mutating func int(_ value: Int32) { int(Int64(value)) }

  public mutating func int(_ value: Int64) {
    guard beginValue() else { return }
    appendDecimal(value)
  }

  public mutating func bool(_ value: Bool) {
    guard beginValue() else { return }
    append(value ? "true" : "false")
  }

  public mutating func null() {
    guard beginValue() else { return }
    append("null")
  }

  /// The shortest text that reads back as the same number; `"NaN"`, `"Infinity"` and `"-Infinity"` as strings.
  public mutating func double(_ value: Double) {
    guard value.isFinite else { return nonFinite(isNaN: value.isNaN, isNegative: value < 0) }
    guard beginValue() else { return }
    appendASCII(value.description)
  }

  /// As ``double(_:)``, in single precision.
  public mutating func float(_ value: Float) {
    guard value.isFinite else { return nonFinite(isNaN: value.isNaN, isNegative: value < 0) }
    guard beginValue() else { return }
    appendASCII(value.description)
  }

  private mutating func nonFinite(isNaN: Bool, isNegative: Bool) {
    string(isNaN ? "NaN" : isNegative ? "-Infinity" : "Infinity")
  }

  /// Standard base64 with padding.
  public mutating func blob(_ value: [UInt8]) {
    guard record == nil else { return leaveOut() }
    value.withUnsafeBytes { base64($0) }
  }

  /// As ``blob(_:)``, and from now on the writer's buffer is treated as a secret.
  public mutating func secret(_ value: SecretBytes) {
    guard record == nil else { return leaveOut() }
    carriesSecret = true
    value.withUnsafeBytes { base64($0) }
  }

  /// A string whose UTF-8 is kept in protected memory; from now on the writer's buffer is treated as a secret.
  public mutating func secretText(_ value: SecretBytes) {
    guard record == nil else { return leaveOut() }
    carriesSecret = true
    separate()
    value.withUnsafeBytes { text in text.withMemoryRebound(to: UInt8.self) { appendQuoted($0) } }
  }

  private mutating func base64(_ value: UnsafeRawBufferPointer) {
    separate()
    let count = Base64.encodedCount(value.count)
    reserve(count + 2)
    append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes += [UInt8](repeating: 0, count: count)
    bytes.withUnsafeMutableBytes { Base64.encode(value, into: .init(rebasing: $0[start...])) }
    append(UInt8(ascii: "\""))
  }

  /// A time, rounded to milliseconds, in the years 0001 to 9999. Records have all of theirs in RFC 3339.
  public mutating func timestamp(_ value: Date, _ format: TimestampFormat = .epochSeconds) {
    let milliseconds = TimestampFormat.milliseconds(value.timeIntervalSince1970)
    switch record == nil ? format : .dateTime {
    case .epochSeconds: epochSeconds(milliseconds)
    case .dateTime: string(TimestampText.dateTime(milliseconds: milliseconds))
    case .httpDate: string(TimestampText.httpDate(milliseconds: milliseconds))
    }
  }

  private mutating func epochSeconds(_ milliseconds: Int64) {
    guard beginValue() else { return }
    if milliseconds < 0 { append(UInt8(ascii: "-")) }
    let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
    appendDecimal(Int64(seconds))
    guard rest > 0 else { return }
    append(UInt8(ascii: "."))
    let digits = [rest / 100, rest / 10 % 10, rest % 10].map { UInt8(ascii: "0") + UInt8($0) }
    for digit in digits.prefix(rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3) { append(digit) }
  }

  /// Any value; the members of objects are written in the order of their names.
  public mutating func document(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .integer(let value): int(value)
    case .number(let value): double(value)
    case .string(let value): string(value)
    case .array(let values): list(values) { writer, value in writer.document(value) }
    case .object(let members): map(members) { writer, value in writer.document(value) }
    }
  }

  private mutating func appendDecimal(_ value: Int64) { appendASCII(String(value)) }
}
