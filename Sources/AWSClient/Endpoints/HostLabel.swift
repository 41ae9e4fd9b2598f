// What may stand in a host name.

enum HostLabel {
  /// Whether `text` is a label of a host name (RFC 1123 §2.1), 1 to 63 letters, digits and inner hyphens; or several
  /// of them with dots between, if that is allowed.
  static func isValid(_ text: String, allowsSubdomains: Bool) -> Bool {
    guard allowsSubdomains else { return isLabel(text.utf8[...]) }
    return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isLabel)
  }

  /// Whether `name` can be a bucket's and a part of its host name: 3 to 63 characters, no capitals, no IPv4 address.
  static func isVirtualHostableBucket(_ name: String, allowsSubdomains: Bool) -> Bool {
    (3...63).contains(name.utf8.count)
      && !name.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
      && !hasIPv4Form(name)
      && isValid(name, allowsSubdomains: allowsSubdomains)
  }

  /// Whether `host` is an IPv4 address with decimal numbers, or an IPv6 address in its brackets.
  static func isIPAddress(_ host: Substring) -> Bool {
    if host.hasPrefix("["), host.hasSuffix("]") { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4
      && numbers.allSatisfy { $0.utf8.count <= 3 && $0.utf8.allSatisfy(isDigit) && UInt8($0) != nil }
  }

  /// Four numbers of up to three digits; S3 refuses `999.1.1.1` as well.
  private static func hasIPv4Form(_ text: String) -> Bool {
    let numbers = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(isDigit) }
  }

  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
      && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
