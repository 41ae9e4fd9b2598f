// Why a server did not start.

/// A reason why ``HTTPServer/start()`` failed. Nothing secret is in it.
public enum HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The server was started before; a server is started once.
  case alreadyStarted
  /// The server was shut down while it was starting.
  case stopped
  /// The address could not be bound: in use, not this machine's, or not permitted.
  case cannotListen(host: String, port: Int, reason: String)
  /// The certificate file is missing or is not PEM certificates.
  case unusableCertificate(path: String, reason: String)
  /// The key file is missing, is not an unencrypted PEM key, or does not belong to the certificate.
  case unusableKey(path: String, reason: String)

  /// One line for an operator.
  public var description: String {
    switch self {
    case .alreadyStarted: "the HTTP server was started already"
    case .stopped: "the HTTP server was shut down while starting"
    case .cannotListen(let host, let port, let reason): "cannot listen on \(host):\(port): \(reason)"
    case .unusableCertificate(let path, let reason): "cannot use the TLS certificate \(path): \(reason)"
    case .unusableKey(let path, let reason): "cannot use the TLS key \(path): \(reason)"
    }
  }
}
