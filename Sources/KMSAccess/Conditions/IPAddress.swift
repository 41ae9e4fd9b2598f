// IP addresses and their ranges, as conditions compare them.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An address of either version. An IPv4 address in the clothes of IPv6 (RFC 4291 §2.5.5.2) is the IPv4 address.
enum IPAddress: Hashable, Sendable {
  case v4(UInt32)
  case v6(UInt128)

  /// Nil unless `text` is an address and nothing else.
  init?(_ text: String) {
    guard let address = Self.literal(text) else { return nil }
    if case .v6(let bits) = address, bits >> 32 == Self.mappedPrefix {
      self = .v4(UInt32(truncatingIfNeeded: bits))
    } else {
      self = address
    }
  }

  /// The address as it is written.
  fileprivate static func literal(_ text: String) -> IPAddress? {
    // The system's parser ends at a zero byte.
    guard !text.utf8.contains(0) else { return nil }
    var v4: UInt32 = 0
    if withUnsafeMutableBytes(of: &v4, { inet_pton(AF_INET, text, $0.baseAddress) }) == 1 {
      return .v4(UInt32(bigEndian: v4))
    }
    var v6: UInt128 = 0
    if withUnsafeMutableBytes(of: &v6, { inet_pton(AF_INET6, text, $0.baseAddress) }) == 1 {
      return .v6(UInt128(bigEndian: v6))
    }
    return nil
  }

  fileprivate static let mappedPrefix: UInt128 = 0xFFFF
}

/// A range of addresses in CIDR notation; an address alone is a range of one.
struct AddressRange: Hashable, Sendable {
  private let base: IPAddress
  private let prefixLength: Int

  /// Nil unless `text` is an address, with or without the length of a prefix.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress.literal(String(first)) else { return nil }
    let width = if case .v4 = address { 32 } else { 128 }
    var length = width
    if parts.count == 2 {
      guard let number = Self.length(parts[1]), number <= width else { return nil }
      length = number
    }
    if case .v6(let bits) = address, bits >> 32 == IPAddress.mappedPrefix, length >= 96 {
      base = .v4(UInt32(truncatingIfNeeded: bits))
      prefixLength = length - 96
    } else {
      base = address
      prefixLength = length
    }
  }

  /// Whether `address` lies in the range. Bits of the range's own address beyond its prefix do not count.
  func contains(_ address: IPAddress) -> Bool {
    switch (base, address) {
    case (.v4(let base), .v4(let address)): (base ^ address) >> (32 - prefixLength) == 0
    case (.v6(let base), .v6(let address)): (base ^ address) >> (128 - prefixLength) == 0
    case (.v4, .v6), (.v6, .v4): false
    }
  }

  private static func length(_ text: Substring) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
