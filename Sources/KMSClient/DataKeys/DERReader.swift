// Reads the few DER forms a key arrives in, in place: no copy of a private key is made on the way.

/// Why bytes could not be read as DER.
struct DERError: Error {}

/// A reader over borrowed DER bytes (ITU-T X.690): definite lengths in their shortest form only.
///
/// What it returns are views of the same memory: they must not outlive the call that lent it.
struct DERReader {
  /// The tags that keys are made of.
  enum Tag: UInt8 {
    case integer = 0x02
    case octetString = 0x04
    case objectIdentifier = 0x06
    case sequence = 0x30
  }

  /// What has not been read yet.
  private(set) var remaining: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    remaining = bytes
  }

  /// The contents of the next element, which must have `tag`.
  mutating func read(_ tag: Tag) throws(DERError) -> UnsafeRawBufferPointer {
    guard try readByte() == tag.rawValue else { throw DERError() }
    return try take(readLength())
  }

  /// The value of the next element, an INTEGER that must fit one byte and not be negative.
  mutating func readSmallInteger() throws(DERError) -> UInt8 {
    let contents = try read(.integer)
    guard contents.count == 1, let value = contents.first, value < 0x80 else { throw DERError() }
    return value
  }

  /// Refuses bytes after the last element.
  func finish() throws(DERError) {
    guard remaining.isEmpty else { throw DERError() }
  }

  private mutating func readLength() throws(DERError) -> Int {
    let first = try readByte()
    if first < 0x80 { return Int(first) }
    guard (1...2).contains(first & 0x7F) else { throw DERError() }  // no key needs more than 65,535 bytes
    var length = 0
    for _ in 0..<(first & 0x7F) { length = try length << 8 | Int(readByte()) }
    guard length >= (first == 0x81 ? 0x80 : 0x100) else { throw DERError() }
    return length
  }

  private mutating func readByte() throws(DERError) -> UInt8 {
    guard let byte = remaining.first else { throw DERError() }
    remaining = UnsafeRawBufferPointer(rebasing: remaining.dropFirst())
    return byte
  }

  private mutating func take(_ count: Int) throws(DERError) -> UnsafeRawBufferPointer {
    guard count <= remaining.count else { throw DERError() }
    defer { remaining = UnsafeRawBufferPointer(rebasing: remaining.dropFirst(count)) }
    return UnsafeRawBufferPointer(rebasing: remaining.prefix(count))
  }
}
