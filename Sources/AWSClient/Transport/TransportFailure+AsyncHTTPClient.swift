// What AsyncHTTPClient's errors mean for a caller.

internal import AWSJSON
internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension TransportFailure {
  /// Translates whatever ended an exchange, without repeating anything of the request.
  init(_ error: any Error) {
    switch error {
    case let failure as TransportFailure:
      self = failure
    case let error as HTTPClientError:
      self.init(error)
    case let error as NIOConnectionError:
      // Each address that was tried has a system error; none, when the name could not be resolved.
      let cause = error.connectionErrors.first.map { "\($0.error)" } ?? "no address for this name"
      self = .connection(
        TransportError("no connection to \(error.host):\(error.port): \(cause)", mayHaveReachedServer: false))
    case let error as IOError where error.errnoCode == ECONNREFUSED:
      self = .connection(
        TransportError("connection refused: nothing listens at the endpoint", mayHaveReachedServer: false))
    case let error as IOError:
      // Any other of the system's errors can also end a connection that the request has left through.
      self = .connection(TransportError("\(error)", mayHaveReachedServer: true))
    case let error as NIOSSLError:
      self.init(error)
    case is NIOSSLExtraError:
      // The server's name and its certificate do not fit together, which is found out in the handshake.
      self = .connection(TransportError("TLS failed: \(error)", mayHaveReachedServer: false, isPermanent: true))
    case is BoringSSLError:
      // In a handshake it would be a `NIOSSLError`: this is an alert, or a record that cannot be read, behind one.
      self = .connection(TransportError("TLS failed: \(error)", mayHaveReachedServer: true))
    case is CancellationError:
      self = .cancelled
    default:
      // The type's name only: the text of an error that is not ours might hold anything.
      self = .connection(TransportError("the connection failed: \(type(of: error))", mayHaveReachedServer: true))
    }
  }

  /// Requests leave after the handshake only, and nothing changes about a certificate by trying again.
  private init(_ error: NIOSSLError) {
    switch error {
    case .handshakeFailed(.sslError([.eofDuringHandshake])):
      self = .connection(TransportError("the connection closed during the TLS handshake", mayHaveReachedServer: false))
    case .uncleanShutdown, .shutdownFailed, .writeDuringTLSShutdown, .readInInvalidTLSState:
      self = .connection(TransportError("the TLS connection broke: \(error)", mayHaveReachedServer: true))
    default:
      self = .connection(TransportError("TLS failed: \(error)", mayHaveReachedServer: false, isPermanent: true))
    }
  }

  private init(_ error: HTTPClientError) {
    switch error {
    case .cancelled:
      // The caller's task was not: then AsyncHTTPClient was shut down in the midst of the exchange.
      self = .connection(
        TransportError(
          "the client has been shut down during the call", mayHaveReachedServer: true, isPermanent: true))
    case .deadlineExceeded, .readTimeout, .writeTimeout:
      self = .timeout(TimeoutError(error.shortDescription, mayHaveReachedServer: true))
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .socksHandshakeTimeout,
      .httpProxyHandshakeTimeout:
      self = .timeout(TimeoutError(error.shortDescription, mayHaveReachedServer: false))
    case .alreadyShutdown:
      self = .connection(
        TransportError("the client has been shut down", mayHaveReachedServer: false, isPermanent: true))
    case .invalidURL, .emptyHost, .emptyScheme, .invalidProxyResponse, .proxyAuthenticationRequired:
      self = .connection(
        TransportError(error.shortDescription, mayHaveReachedServer: false, isPermanent: true))
    default:
      self = .connection(TransportError(error.shortDescription, mayHaveReachedServer: true))
    }
  }
}
