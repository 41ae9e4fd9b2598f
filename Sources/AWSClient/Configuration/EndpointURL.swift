// The address requests are sent to, taken apart so that what is signed is what is sent.

/// An endpoint's URL: `http` or `https`, a host, perhaps a port and a path.
struct EndpointURL: Equatable, Sendable {
  /// The absolute URL of every request.
  let url: String
  /// The value of the `Host` field: the port is left out when it is the scheme's own.
  let authority: String
  /// The host, an IPv6 address in its brackets.
  let host: String
  /// The port, the scheme's own included.
  let port: Int
  /// The path of every request. It ends with `/`: that is what operations add to the path of the endpoint.
  let path: String

  /// The same address at a host with further labels before its name, which must be fit for one.
  func prefixed(with labels: String) -> EndpointURL {
    EndpointURL(scheme: String(url.prefix { $0 != ":" }), host: labels + host, port: port, path: path)
  }

  private init(scheme: String, host: String, port: Int, path: String) {
    authority = Self.ports[scheme] == port ? host : "\(host):\(port)"
    url = "\(scheme)://\(authority)\(path)"
    self.host = host
    self.port = port
    self.path = path
  }

  /// The schemes that there are, and their own ports.
  private static let ports = ["http": 80, "https": 443]

  /// Reads `text`.
  ///
  /// Only what can be signed without doubt is accepted: the unreserved characters of RFC 3986 in the path, no query, no
  /// fragment, no user information.
  init(_ text: String) throws(ConfigurationError) {
    guard let separator = text.firstRange(of: "://") else { throw .invalidEndpoint(reason: "it has no scheme") }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard let defaultPort = Self.ports[scheme] else {
      throw .invalidEndpoint(reason: "its scheme is neither http nor https")
    }
    let rest = text[separator.upperBound...]
    let hostEnd = rest.firstIndex(of: "/") ?? rest.endIndex
    let (host, port) = try Self.split(authority: rest[..<hostEnd])
    let path = try Self.validate(path: rest[hostEnd...])
    self.init(scheme: scheme, host: host, port: port ?? defaultPort, path: path)
  }

  /// Lets through what can stand in a host name and in a credential scope.
  static func validate(region: String) throws(ConfigurationError) {
    guard (1...63).contains(region.utf8.count), region.first != "-", region.last != "-",
      region.utf8.allSatisfy({ isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") })
    else { throw .invalidRegion }
  }

  private static func split(authority: Substring) throws(ConfigurationError) -> (host: String, port: Int?) {
    let host: Substring
    var rest: Substring
    if authority.hasPrefix("[") {
      guard let bracket = authority.firstIndex(of: "]") else { throw .invalidEndpoint(reason: "its host is not valid") }
      let end = authority.index(after: bracket)
      (host, rest) = (authority[..<end], authority[end...])
      guard host.utf8.count > 2, host.utf8.dropFirst().dropLast().allSatisfy(isIPv6Character) else {
        throw .invalidEndpoint(reason: "its host is not valid")
      }
    } else {
      let end = authority.firstIndex(of: ":") ?? authority.endIndex
      (host, rest) = (authority[..<end], authority[end...])
      guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isHostCharacter) else {
        throw .invalidEndpoint(reason: "its host is not valid")
      }
    }
    guard !rest.isEmpty else { return (host.lowercased(), nil) }
    guard rest.removeFirst() == ":", (1...5).contains(rest.utf8.count), rest.utf8.allSatisfy(isDigit),
      let port = Int(rest), (1...65_535).contains(port)
    else { throw .invalidEndpoint(reason: "its port is not a number from 1 to 65535") }
    return (host.lowercased(), port)
  }

  private static func validate(path: Substring) throws(ConfigurationError) -> String {
    if path.isEmpty { return "/" }
    guard path.utf8.allSatisfy({ isPathCharacter($0) }) else {
      throw .invalidEndpoint(reason: "its path may hold letters, digits, '/', '-', '.', '_' and '~' only")
    }
    // Signing takes empty and dot segments out, so a server would see another path than the one signed.
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard segments.dropLast().allSatisfy({ !["", ".", ".."].contains($0) }),
      segments.last.map({ ![".", ".."].contains($0) }) ?? true
    else { throw .invalidEndpoint(reason: "its path has empty or dot segments") }
    return path.hasSuffix("/") ? String(path) : "\(path)/"
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte)
  }

  private static func isHostCharacter(_ byte: UInt8) -> Bool {
    isLowerAlphanumeric(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
  }

  private static func isPathCharacter(_ byte: UInt8) -> Bool {
    isHostCharacter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "~")
  }

  private static func isIPv6Character(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte) || byte == UInt8(ascii: ":")
      || byte == UInt8(ascii: ".")
  }
}
