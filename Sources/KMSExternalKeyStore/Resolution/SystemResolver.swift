// The system's resolver.

import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// getaddrinfo(3).
enum SystemResolver {
  /// The addresses of a name, in the order of preference (RFC 6724); none when it has none. Blocks.
  static func addresses(of host: String) -> [String] {
    var hints = addrinfo()
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    hints.ai_flags = AI_ADDRCONFIG
    var first: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
    defer { freeaddrinfo(first) }
    var found: [String] = []
    var next = first
    while let info = next?.pointee {
      if let address = address(info), !found.contains(address) { found.append(address) }
      next = info.ai_next
    }
    return found
  }

  private static func address(_ info: addrinfo) -> String? {
    let start = UnsafeRawPointer(info.ai_addr)
    return switch info.ai_family {
    case AF_INET: start.map { SocketAddress($0.loadUnaligned(as: sockaddr_in.self)) }?.ipAddress
    case AF_INET6: start.map { SocketAddress($0.loadUnaligned(as: sockaddr_in6.self)) }?.ipAddress
    default: nil
    }
  }
}
