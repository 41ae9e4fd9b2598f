// What AsyncHTTPClient's errors mean for a call to a proxy.

import AsyncHTTPClient
import KMSOperations
import NIOCore
import NIOSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension ProxyFailure {
  /// Translates whatever ended an exchange.
  init(transport error: any Error) {
    switch error {
    case let failure as ProxyFailure: self = failure
    case let error as HTTPClientError: self.init(error)
    case NIOSSLError.uncleanShutdown: self = .unreachable
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self = .tls
    default: self = .unreachable
    }
  }

  private init(_ error: HTTPClientError) {
    switch error {
    case .deadlineExceeded, .readTimeout, .writeTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
      self = .timeout
    default:
      self = .unreachable
    }
  }

  /// Whether a connection ended before there was an answer on it.
  static func isLostConnection(_ error: any Error) -> Bool {
    switch error {
    case let error as HTTPClientError: error == .remoteConnectionClosed
    case let error as IOError: [ECONNRESET, EPIPE].contains(error.errnoCode)
    case NIOSSLError.uncleanShutdown: true
    default: false
    }
  }
}
