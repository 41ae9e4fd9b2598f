// Everything that can go wrong on the client's side of the wire.

/// A call that got no usable answer from the service.
public enum ClientFailure: Error, Equatable, Sendable {
  case transport(TransportError)
  case timeout(TimeoutError)
  case decoding(DecodingFailure)
  case credentials(CredentialsError)
  case cancelled
}
