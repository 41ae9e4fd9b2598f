// Reads the header of a sealed message from bytes that come piece by piece.

extension EnvelopeHeader {
  /// Reads the header at the start of `bytes`, and tells how long it is; nil while its end has not been seen.
  ///
  /// No length is believed before it was held to its limit, so that nothing larger than a header is ever waited for.
  /// - Throws: ``EnvelopeError/malformed(_:)``, as soon as the bytes that are there cannot become a header.
  static func read(_ bytes: ArraySlice<UInt8>) throws(EnvelopeError) -> (header: EnvelopeHeader, length: Int)? {
    var rest = HeaderBytes(bytes)
    guard EnvelopeFormat.magic.starts(with: bytes.prefix(EnvelopeFormat.magic.count)) else {
      throw .malformed(.notAnEnvelope)
    }
    guard rest.take(EnvelopeFormat.magic.count) != nil, let version = rest.takeInteger(1) else { return nil }
    guard version == Int(EnvelopeFormat.version) else { throw .malformed(.unknownVersion) }
    guard let suite = rest.takeInteger(1) else { return nil }
    guard suite == Int(EnvelopeFormat.suite) else { throw .malformed(.unknownSuite) }
    guard let chunkSize = rest.takeInteger(4) else { return nil }
    guard EnvelopeFormat.chunkSizes.contains(chunkSize) else { throw .malformed(.chunkSize) }
    guard let salt = rest.take(EnvelopeFormat.saltLength), let nameLength = rest.takeInteger(2) else { return nil }
    guard (1...EnvelopeFormat.maximumKeyARNLength).contains(nameLength) else { throw .malformed(.keyARN) }
    guard let name = rest.take(nameLength) else { return nil }
    // ASCII, because equal strings must be equal bytes.
    guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .malformed(.keyARN) }
    let keyARN = String(decoding: name, as: UTF8.self)
    guard let wrappedLength = rest.takeInteger(2) else { return nil }
    guard (1...EnvelopeFormat.maximumWrappedKeyLength).contains(wrappedLength) else { throw .malformed(.wrappedKey) }
    guard let wrappedKey = rest.take(wrappedLength), let commitment = rest.take(EnvelopeFormat.commitmentLength) else {
      return nil
    }
    let header = EnvelopeHeader(
      chunkSize: chunkSize, salt: Array(salt), keyARN: keyARN, wrappedKey: Array(wrappedKey),
      commitment: Array(commitment))
    return (header, bytes.count - rest.count)
  }
}

/// The bytes of a header that have not been read yet.
private struct HeaderBytes {
  private var remaining: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { remaining = bytes }

  var count: Int { remaining.count }

  /// The next `length` bytes; nil when they are not all there.
  mutating func take(_ length: Int) -> ArraySlice<UInt8>? {
    guard length <= remaining.count else { return nil }
    defer { remaining = remaining.dropFirst(length) }
    return remaining.prefix(length)
  }

  /// The next `length` bytes, at most four, as a big-endian integer.
  mutating func takeInteger(_ length: Int) -> Int? {
    take(length)?.reduce(0) { $0 << 8 | Int($1) }
  }
}
