// Comparison of the words of HTTP that have no case: field names, transfer codings, expectations.

extension String {
  /// Whether this is `token`, which must be given in lower case (RFC 9110 §5.1, §7, §10.1.1).
  func isToken(_ token: StaticString) -> Bool {
    guard utf8.count == token.utf8CodeUnitCount else { return false }
    return token.withUTF8Buffer { expected in
      zip(utf8, expected).allSatisfy { byte, lower in
        byte == lower || (0x41...0x5A ~= byte && byte | 0x20 == lower)
      }
    }
  }
}
