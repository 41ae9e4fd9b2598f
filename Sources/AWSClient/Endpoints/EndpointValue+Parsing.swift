// Texts taken apart into records: `aws.parseArn` and `parseURL`.

extension EndpointValue {
  /// The parts of an ARN: `partition`, `service`, `region`, `accountId`, and the list `resourceId`.
  ///
  /// Nil for what is not an ARN: partition, service and resource must be there.
  init?(arn: String) {
    let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else {
      return nil
    }
    let resource = parts[5].split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "/" }
    self = .record([
      "partition": .string(String(parts[1])),
      "service": .string(String(parts[2])),
      "region": .string(String(parts[3])),
      "accountId": .string(String(parts[4])),
      "resourceId": .array(resource.map { .string(String($0)) }),
    ])
  }

  /// The parts of a URL: `scheme`, `authority` (host, and port if there is one), `path`, `normalizedPath` (with a slash
  /// at either end) and `isIp`.
  ///
  /// Nil for what is not a URL with `http` or `https` and a host, and for one with a query, fragment or user.
  init?(url: String) {
    guard let separator = url.firstRange(of: "://") else { return nil }
    let scheme = url[..<separator.lowerBound].lowercased()
    let rest = url[separator.upperBound...]
    guard ["http", "https"].contains(scheme), rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      !rest.contains(where: { "?#@\\".contains($0) })
    else { return nil }
    let authority = rest.prefix { $0 != "/" }
    let path = rest[authority.endIndex...]
    guard let host = Self.host(of: authority) else { return nil }
    self = .record([
      "scheme": .string(scheme),
      "authority": .string(String(authority)),
      "path": .string(String(path)),
      "normalizedPath": .string((path.isEmpty ? "/" : String(path)) + (path.hasSuffix("/") || path.isEmpty ? "" : "/")),
      "isIp": .boolean(HostName.isIPAddress(host)),
    ])
  }

  /// The authority without its port; nil when it is not well formed.
  private static func host(of authority: Substring) -> Substring? {
    let isBracketed = authority.hasPrefix("[")
    let end = isBracketed ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
    guard let end = end ?? (isBracketed ? nil : authority.endIndex) else { return nil }
    let (host, port) = (authority[..<end], authority[end...])
    guard host.count > (isBracketed ? 2 : 0) else { return nil }
    guard !port.isEmpty else { return host }
    guard port.hasPrefix(":"), port.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
      UInt16(port.dropFirst()) != nil
    else { return nil }
    return host
  }
}
