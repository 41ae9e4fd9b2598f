// Writing JSON front to back into one buffer.

internal import SecureMemory

/// Appends one JSON text to a buffer of its own; commas and colons are its business.
///
/// The caller opens and closes containers in pairs and writes one value behind each ``member(_:)`` or ``key(_:)``.
/// When it has written a secret, every buffer it outgrows is wiped, and ``carriesSecret`` says that the result must be.
/// A writer of records (``init(recordLeavingOut:capacity:)``) never writes one.
public struct JSONWriter: Sendable {
  var bytes: [UInt8] = []
  var needsComma = false
  /// What a writer of records keeps in mind; nil for the wire.
  var record: RecordStyle?
  /// Whether a secret has been written: whoever gets the bytes wipes them after use.
  public internal(set) var carriesSecret = false

  /// Starts with room for `capacity` bytes.
  public init(capacity: Int = 256) { bytes.reserveCapacity(max(capacity, 0)) }

  /// The finished text.
  public consuming func finish() -> [UInt8] { bytes }

  // MARK: Structure

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// A member's name, as the model has it; its value comes next.
  public mutating func member(_ name: StaticString) {
    if record != nil { return recordMember(name) }
    separate()
    name.withUTF8Buffer { appendQuoted($0) }
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// A map's key; its value comes next. Not called `member`, for a literal would prefer this one, and records tell the
  /// two apart.
  public mutating func key(_ name: String) {
    if record != nil, !beginsRecordMember() { return }
    separate()
    appendQuoted(name)
    append(UInt8(ascii: ":"))
    needsComma = false
  }

  private mutating func open(_ bracket: UInt8) {
    if record != nil, !opensInRecord() { return }
    separate()
    append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    if record != nil, !closesInRecord() { return }
    append(bracket)
    needsComma = true
  }

  /// Gets ready for a value that is no container; false when the value is to be left out.
  mutating func beginValue() -> Bool {
    if record != nil, !beginsRecordValue() { return false }
    separate()
    return true
  }

  /// Puts the comma in front of a value or name that needs one.
  mutating func separate() {
    if needsComma { append(UInt8(ascii: ",")) }
    needsComma = true
  }

  // MARK: Bytes

  /// Makes room for `count` more bytes. What held a secret is wiped, not just let go.
  mutating func reserve(_ count: Int) {
    guard bytes.capacity - bytes.count < count else { return }
    let capacity = max(bytes.capacity * 2, bytes.count + count)
    guard carriesSecret else { return bytes.reserveCapacity(capacity) }
    var larger: [UInt8] = []
    larger.reserveCapacity(capacity)
    larger.append(contentsOf: bytes)
    SecretBytes.wipe(&bytes)
    bytes = larger
  }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    bytes.append(byte)
  }

  mutating func append(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func appendASCII(_ text: String) {
    reserve(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func appendQuoted(_ text: String) {
    if text.utf8.withContiguousStorageIfAvailable({ appendQuoted($0) }) == nil {
      var native = text
      native.withUTF8 { appendQuoted($0) }
    }
  }

  /// A JSON string: quotes, backslashes and control characters escaped, all else as it is.
  mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    reserve(text.count + 2)
    bytes.append(UInt8(ascii: "\""))
    var rest = UnsafeRawBufferPointer(text)
    while !rest.isEmpty {
      let clean = EscapedBytes.cleanPrefix(of: rest)
      reserve(clean + 1)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<clean]))
      guard clean < rest.count else { break }
      appendEscape(rest[clean])
      rest = UnsafeRawBufferPointer(rebasing: rest[(clean + 1)...])
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      append("\\u00")
      for nibble in [byte >> 4, byte & 15] {
        append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
      }
    }
  }
}
