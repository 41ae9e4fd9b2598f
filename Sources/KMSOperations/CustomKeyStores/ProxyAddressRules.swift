// The rules on a proxy's address that the model does not express.

import KMSDomain

/// Checks the address of an external key store's proxy.
enum ProxyAddressRules {
  private static let scheme = "https://"
  private static let pathEnd = "/kms/xks/v1"

  /// Refuses an endpoint that is not `https://` and a fully qualified domain name: no port, no IP address, no path.
  static func checkEndpoint(_ endpoint: String) throws(Fault) {
    guard endpoint.hasPrefix(scheme), isDomainName(endpoint.utf8.dropFirst(scheme.utf8.count)) else {
      throw .validation(
        "XksProxyUriEndpoint must be https:// and the fully qualified domain name of the external key store proxy.")
    }
  }

  /// Refuses a path that does not end as the API's does, or that a proxy and a signature may read differently.
  static func checkPath(_ path: String) throws(Fault) {
    guard path.hasPrefix("/"), path.hasSuffix(pathEnd), !path.contains("//") else {
      throw .validation("XksProxyUriPath must begin with / and end with \(pathEnd).")
    }
  }

  /// Refuses external key ids that are no name in a path.
  static func checkExternalKeyID(_ id: String) throws(Fault) {
    guard id != ".", id != ".." else { throw .validation("XksKeyId \(id) is not valid.") }
  }

  /// An endpoint in the one spelling that host names are compared in.
  static func canonical(_ endpoint: String) -> String { endpoint.lowercased() }

  /// Two or more labels (RFC 1123 §2.1); the last is no number, so that an IPv4 address is none.
  private static func isDomainName(_ name: Substring.UTF8View) -> Bool {
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, name.count <= 253, let last = labels.last else { return false }
    return labels.allSatisfy(isLabel) && !isNumber(last)
  }

  /// What software reads as the last part of an IPv4 address: digits, or `0x` and hexadecimal digits (WHATWG URL §3.5).
  private static func isNumber(_ label: Substring.UTF8View.SubSequence) -> Bool {
    let text = Substring(label).lowercased()
    if text.hasPrefix("0x") { return text.dropFirst(2).allSatisfy(\.isHexDigit) }
    return text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isLabel(_ label: Substring.UTF8View.SubSequence) -> Bool {
    let hyphen = UInt8(ascii: "-")
    guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else { return false }
    return label.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, hyphen: true
      default: false
      }
    }
  }
}
