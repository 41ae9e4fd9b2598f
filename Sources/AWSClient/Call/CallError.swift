// How a call can fail, before it becomes an operation's own error.

internal import AWSJSON

/// Why a call has no output: the service said no, or there was no usable answer.
enum CallError: Error {
  case service(ServiceErrorReply)
  case client(ClientFailure)

  /// A request that cannot be made at all.
  static func unsendable(_ reason: String) -> CallError {
    .client(.transport(TransportError(reason, mayHaveReachedServer: false, isPermanent: true)))
  }

  /// What kind of failure it is, in a word: for metrics and spans, whose values must not be the service's choice.
  var kind: String {
    switch self {
    case .service: "service"
    case .client(.transport): "transport"
    case .client(.timeout): "timeout"
    case .client(.decoding): "decoding"
    case .client(.credentials): "credentials"
    case .client(.cancelled): "cancelled"
    }
  }
}
