// Why bytes are not the CBOR that is read here.

/// Why ``CBORReader`` refused some bytes.
enum CBORError: Error, Hashable, Sendable {
  /// The input ends inside an item, or an item declares more bytes or items than are left.
  case truncated
  /// Bytes follow the item.
  case trailingBytes
  /// A string, array or map of indefinite length, or its closing `break`.
  case indefiniteLength
  /// A number, length or tag that has a shorter encoding (RFC 8949 section 4.2.1).
  case notShortest
  /// Additional information 28–30, which RFC 8949 keeps in reserve.
  case reserved
  /// A floating-point number, `undefined`, or a simple value other than false, true and null.
  case unsupportedValue
  /// A text that is not UTF-8.
  case notUTF8
  /// A map's key that is neither a number nor a text.
  case unsupportedKey
  /// Two entries of a map with one key.
  case duplicateKey
  /// Arrays, maps and tags inside each other deeper than the limit.
  case tooDeep
  /// More items than the limit.
  case tooManyItems
}
