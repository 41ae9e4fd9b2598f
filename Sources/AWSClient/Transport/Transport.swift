// The client's only way to the outside: a request value goes out, a response value comes back.

/// Carries one signed request to the service and brings back its reply.
///
/// The client's own is ``AsyncHTTPClientTransport``. Another one can serve tests, or reach a service that runs in the
/// same process. A transport neither retries nor follows redirects: what it is given is signed for one host, may hold
/// secrets, and may have been acted on when its reply was lost.
public protocol Transport: Sendable {
  /// Sends `request` and waits for the whole reply, whatever its status.
  ///
  /// The transport keeps the request's `timeout` itself: the client has no other clock for an attempt. When the
  /// surrounding task is cancelled the exchange is given up and ``TransportFailure/cancelled`` is thrown.
  /// - Throws: ``TransportFailure`` when there is no complete reply.
  func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse
}
