// Reading BER (X.690 §8): private keys from elsewhere, which need not be DER.

import SecureMemory

/// Reads the elements of an encoding one after another.
///
/// Lengths may be in any form, the indefinite one included. Tags above 30 do not occur in keys and are refused.
struct BERReader {
  /// One element.
  struct Element {
    let tag: UInt8
    let content: UnsafeRawBufferPointer
  }

  private var rest: UnsafeRawBufferPointer

  /// Reads from `bytes`, which stay the caller's.
  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next element's content, which must have this tag.
  mutating func read(_ tag: DERTag) throws(CryptoError) -> UnsafeRawBufferPointer {
    let element = try next(depth: 0)
    guard element.tag == tag.rawValue else { throw .malformed }
    return element.content
  }

  /// The next element's content, if there is one and it has this tag.
  mutating func readIfPresent(_ tag: DERTag) throws(CryptoError) -> UnsafeRawBufferPointer? {
    guard rest.first == tag.rawValue else { return nil }
    return try read(tag)
  }

  /// Lends the next element, an OCTET STRING, in one piece or put together from its parts; and this reader, past it.
  mutating func withOctets<Result>(
    _ body: (UnsafeRawBufferPointer, _ rest: inout BERReader) throws(CryptoError) -> Result
  ) throws(CryptoError) -> Result {
    guard rest.first == DERTag.constructedOctetString.rawValue else {
      let octets = try read(.octetString)
      return try body(octets, &self)
    }
    let parts = try Self.octetStringParts(try read(.constructedOctetString), depth: 0)
    let whole = SecretBytes(count: parts.reduce(0) { $0 + $1.count }) { output in
      var filled = 0
      for part in parts {
        UnsafeMutableRawBufferPointer(rebasing: output[filled...]).copyMemory(from: part)
        filled += part.count
      }
    }
    return try whole.withUnsafeBytes { (octets) throws(CryptoError) in try body(octets, &self) }
  }

  /// Nothing may follow.
  func finish() throws(CryptoError) {
    guard isAtEnd else { throw .malformed }
  }

  private static let maximumDepth = 8

  private static func octetStringParts(
    _ content: UnsafeRawBufferPointer, depth: Int
  ) throws(CryptoError) -> [UnsafeRawBufferPointer] {
    guard depth < maximumDepth else { throw .malformed }
    var parts: [UnsafeRawBufferPointer] = []
    var reader = BERReader(content)
    while !reader.isAtEnd {
      let element = try reader.next(depth: 0)
      switch element.tag {
      case DERTag.octetString.rawValue: parts.append(element.content)
      case DERTag.constructedOctetString.rawValue: parts += try octetStringParts(element.content, depth: depth + 1)
      default: throw .malformed
      }
    }
    return parts
  }

  private mutating func next(depth: Int) throws(CryptoError) -> Element {
    guard depth < Self.maximumDepth else { throw .malformed }
    let tag = try byte()
    guard tag & 0x1F != 0x1F else { throw .malformed }
    guard let count = try length() else {
      guard tag & 0x20 != 0 else { throw .malformed }  // only what has parts can end by itself
      return Element(tag: tag, content: try contentUpToEnd(depth: depth))
    }
    guard count <= rest.count else { throw .malformed }
    return Element(tag: tag, content: take(count))
  }

  /// The length that comes next; nil for the indefinite form.
  private mutating func length() throws(CryptoError) -> Int? {
    let first = try byte()
    guard first & 0x80 != 0 else { return Int(first) }
    guard first != 0x80 else { return nil }
    var length = 0
    for _ in 0..<(first & 0x7F) {
      guard length < 1 << 16 else { throw .malformed }  // no key is as long as that
      length = length << 8 | Int(try byte())
    }
    return length
  }

  /// The elements up to the end-of-contents octets, which are skipped.
  private mutating func contentUpToEnd(depth: Int) throws(CryptoError) -> UnsafeRawBufferPointer {
    let start = rest
    while true {
      let count = start.count - rest.count
      if rest.count >= 2, rest[0] == 0, rest[1] == 0 {
        _ = take(2)
        return UnsafeRawBufferPointer(rebasing: start.prefix(count))
      }
      _ = try next(depth: depth + 1)
    }
  }

  private mutating func byte() throws(CryptoError) -> UInt8 {
    guard let byte = rest.first else { throw .malformed }
    _ = take(1)
    return byte
  }

  private mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
    let taken = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    return taken
  }
}
