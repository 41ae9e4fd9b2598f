// Where a container finds its credentials, and where it must not send its token.

internal import AWSJSON

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The URL of a container's credentials.
struct ContainerAddress: Equatable, Sendable {
  /// The absolute URL.
  let url: String
  /// The value of the `Host` field.
  let authority: String

  /// An address at the agent of ECS: the value of `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`.
  init(relativeURI: String) throws(CredentialsError) {
    guard relativeURI.hasPrefix("/"), Self.isTarget(relativeURI) else {
      throw CredentialsError("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path")
    }
    authority = "169.254.170.2"
    url = "http://\(authority)\(relativeURI)"
  }

  /// The value of `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
  ///
  /// What is there gives credentials to this process and is given its token, so without TLS it has to be on this machine:
  /// a loopback address, or one of the link-local addresses of the agents of ECS and EKS.
  init(fullURI: String) throws(CredentialsError) {
    let name = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    let endOfScheme = fullURI.firstRange(of: "://")?.upperBound ?? fullURI.startIndex
    let target = fullURI[endOfScheme...].firstIndex { "/?#".contains($0) } ?? fullURI.endIndex
    let endpoint: EndpointURL
    do {
      endpoint = try EndpointURL(String(fullURI[..<target]))
    } catch {
      throw CredentialsError("\(name) cannot be used: \(error)")
    }
    let path = fullURI[target...]
    guard path.isEmpty || path.hasPrefix("/"), Self.isTarget(path) else {
      throw CredentialsError("\(name) has a path that is not valid")
    }
    guard endpoint.url.hasPrefix("https://") || Self.isLocal(endpoint.authority) else {
      throw CredentialsError("\(name) is http, but neither a loopback address nor one of a container agent")
    }
    authority = endpoint.authority
    // The endpoint's URL ends with a slash.
    url = endpoint.url + path.dropFirst()
  }

  /// Whether all is visible ASCII, and no fragment.
  private static func isTarget(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
  }

  private static func isLocal(_ authority: String) -> Bool {
    if authority.hasPrefix("[") {
      guard let address = octets(AF_INET6, String(authority.dropFirst().prefix { $0 != "]" })) else { return false }
      return [octets(AF_INET6, "::1"), octets(AF_INET6, "fd00:ec2::23")].contains(address)
    }
    let host = String(authority.prefix { $0 != ":" })
    if host == "localhost" { return true }
    guard let address = octets(AF_INET, host) else { return false }
    return address[0] == 127 || address == [169, 254, 170, 2] || address == [169, 254, 170, 23]
  }

  /// The bytes of an IP address in text; nil when it is none. A name is not looked up: what it leads to can change.
  private static func octets(_ family: Int32, _ text: String) -> [UInt8]? {
    var octets = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
    return inet_pton(family, text, &octets) == 1 ? octets : nil
  }
}
