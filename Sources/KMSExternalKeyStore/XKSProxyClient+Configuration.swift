// What the client of XKS proxies can be told.

extension XKSProxyClient {
  /// How proxies are found and trusted.
  public struct Configuration: Sendable {
    /// PEM files of certificate authorities that are trusted besides those of the system.
    public var trustRootFiles: [String] = []
    /// Where proxies are that name resolution does not find, by their host name in lower case.
    public var hosts: [String: HostAddress] = [:]
    /// How long a call may take, from the start of connecting to the last byte of the answer.
    public var timeout: Duration = .milliseconds(250)
    /// The largest answer accepted.
    public var maximumResponseBytes = 64 * 1024
    /// Connections held to one proxy at once; further calls wait for one of them.
    public var maximumConnections = 256

    /// The system's authorities and names, and KMS's time limit.
    public init() {}
  }

  /// Why a client cannot be made.
  public enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    case unusableTrustRoot(path: String)

    /// One line for the operator.
    public var description: String {
      switch self {
      case .unusableTrustRoot(let path): "\(path) holds no readable PEM certificate of an authority for XKS proxies"
      }
    }
  }
}
