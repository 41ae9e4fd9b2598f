// The ways an exchange can end without a reply.

public import AWSJSON

/// Why a ``Transport`` has no reply to give.
public enum TransportFailure: Error, Equatable, Sendable {
  /// No connection, a connection that broke, or a reply that is not HTTP or too large.
  case connection(TransportError)
  /// The request's time was up.
  case timeout(TimeoutError)
  /// The surrounding task was cancelled.
  case cancelled
}

extension ClientFailure {
  /// The same failure among all that can happen to a call.
  init(_ failure: TransportFailure) {
    switch failure {
    case .connection(let error): self = .transport(error)
    case .timeout(let error): self = .timeout(error)
    case .cancelled: self = .cancelled
    }
  }
}
