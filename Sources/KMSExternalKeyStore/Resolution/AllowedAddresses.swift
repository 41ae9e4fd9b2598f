// The addresses that no name of a proxy may lead to.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Unicast addresses that are not this machine's or its link's.
///
/// Whoever may create custom key stores chooses the names. Private networks are allowed: that is where proxies are.
enum AllowedAddresses {
  /// Whether a name may lead to the IP address that `text` writes.
  static func contain(_ text: String) -> Bool {
    if let bytes = packed(text, AF_INET, count: 4) { return allows(v4: bytes) }
    if let bytes = packed(text, AF_INET6, count: 16) { return allows(v6: bytes) }
    return false
  }

  private static func packed(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }

  private static func allows(v4 bytes: some Sequence<UInt8>) -> Bool {
    let bytes = Array(bytes)
    guard bytes.count == 4 else { return false }
    let isThisMachine = bytes[0] == 0 || bytes[0] == 127
    let isLinkLocal = bytes[0] == 169 && bytes[1] == 254
    let isMulticastOrReserved = bytes[0] >= 224
    return !isThisMachine && !isLinkLocal && !isMulticastOrReserved
  }

  private static func allows(v6 bytes: [UInt8]) -> Bool {
    guard bytes.count == 16 else { return false }
    // IPv4 in the clothes of IPv6: mapped (RFC 4291 §2.5.5.2), or behind a translator (RFC 6052 §2.1).
    if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
      || bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
    {
      return allows(v4: bytes.suffix(4))
    }
    // Unspecified, loopback, and the old form of IPv4 addresses.
    if bytes.prefix(12).allSatisfy({ $0 == 0 }) { return false }
    let isLinkLocal = bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    let isMulticast = bytes[0] == 0xFF
    return !isLinkLocal && !isMulticast
  }
}
