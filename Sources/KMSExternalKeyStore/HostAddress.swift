// Where a proxy is, when its name does not say it.

/// An IP address and a port that stand for a host name. Certificates and signatures go by the name all the same.
public struct HostAddress: Hashable, Sendable {
  /// An IPv4 or IPv6 address.
  public let address: String
  /// 443 unless told otherwise.
  public let port: Int

  /// Pairs the two.
  public init(address: String, port: Int = 443) {
    self.address = address
    self.port = port
  }

  /// Parses `ADDRESS`, `ADDRESS:PORT`, `IPV6` or `[IPV6]:PORT`; nil for anything else. Whether the address is one is
  /// left to whoever connects.
  public init?(_ text: String) {
    var address = Substring(text)
    var port: Substring?
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      address = text[text.index(after: text.startIndex)..<end]
      if !rest.isEmpty { port = rest.dropFirst() }
    } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
      address = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    guard !address.isEmpty, address.utf8.allSatisfy(Self.isAllowed) else { return nil }
    self.address = String(address)
    guard let port else {
      self.port = 443
      return
    }
    guard let number = Int(port), (1...65_535).contains(number) else { return nil }
    self.port = number
  }

  /// Whether an IP address may hold the byte: hex digits, dots and colons.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, 0x41...0x46, 0x61...0x66, 0x2E: true
    default: false
    }
  }
}
