// Where a proxy is, when its name does not say it.

import NIOCore

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

  /// Parses `ADDRESS`, `ADDRESS:PORT`, `IPV6` or `[IPV6]:PORT`; nil for anything else, names included.
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
    guard let number = port.map(Self.number) ?? 443, (1...65_535).contains(number),
      (try? SocketAddress(ipAddress: String(address), port: number)) != nil
    else { return nil }
    self.init(address: String(address), port: number)
  }

  /// The number that decimal digits, and nothing else, write.
  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
