// What may stand in a host name, beyond single labels.

internal import AWSJSON

enum HostName {
  /// Whether `text` is a label of a host name, or several of them with dots between, if that is allowed.
  static func isValid(_ text: String, allowsSubdomains: Bool) -> Bool {
    guard allowsSubdomains else { return HostLabel.isValid(text) }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { HostLabel.isValid($0) }
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

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
