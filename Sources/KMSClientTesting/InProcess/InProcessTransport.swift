// The client's way to a service in the same process.

internal import AWSJSON
internal import AWSSigV4
internal import KMSModel
internal import KMSService
internal import SecureMemory
public import AWSClient

/// Hands requests to a ``TestKMS``, and brings back its replies or the failures that a test has asked for.
///
/// The time that a request may take is not looked at: a key pair that takes its time is no failure of the code under
/// test. ``InjectedFault/timeout`` is what a timeout looks like.
public struct InProcessTransport: Transport {
  private let service: Service
  let script = ExchangeScript()

  init(_ service: Service) {
    self.service = service
  }

  /// Sends `request`; see `Transport`.
  public func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    guard !Task.isCancelled else { throw .cancelled }
    guard !script.isClosed else {
      throw .connection(
        TransportError("the test KMS has been shut down", mayHaveReachedServer: false, isPermanent: true))
    }
    guard let call = KMSOperation(called: request.headers) else { return await exchange(request) }
    do {
      let response = try await reply(to: request, script.nextFault(of: call))
      script.record(call, request.headers, statusCode: response.statusCode)
      return response
    } catch {
      script.record(call, request.headers, statusCode: nil)
      throw error
    }
  }

  private func reply(
    to request: TransportRequest, _ fault: InjectedFault?
  ) async throws(TransportFailure) -> TransportResponse {
    switch fault?.effect {
    case .reply(let response): return response
    case .failure(let failure): throw failure
    case .lostReply(let failure):
      var response = await exchange(request)
      SecretBytes.wipe(&response.body)
      throw failure
    case nil:
      var response = await exchange(request)
      guard Task.isCancelled else { return response }
      // Over a connection, cancelling ends the exchange: nobody would see this reply.
      SecretBytes.wipe(&response.body)
      throw .cancelled
    }
  }

  private func exchange(_ request: TransportRequest) async -> TransportResponse {
    let response = await service.respond(to: ServiceRequest(request))
    return TransportResponse(statusCode: response.status, headers: response.headers, body: response.body)
  }
}

extension ServiceRequest {
  /// The request as an HTTP server would have received it.
  init(_ request: TransportRequest) {
    let isSecure = request.url.hasPrefix("https://")
    let rest = request.url.dropFirst(isSecure ? "https://".count : "http://".count)
    let target = rest.firstIndex { $0 == "/" || $0 == "?" }.map { rest[$0...] } ?? ""
    self.init(
      method: request.method.rawValue, target: target.hasPrefix("/") ? String(target) : "/" + target,
      headers: request.headers, body: request.body, isSecure: isSecure)
  }
}

extension KMSOperation {
  /// The operation that a request with these header fields calls; nil for something else.
  init?(called headers: [HeaderField]) {
    let prefix = "TrentService."
    guard let target = headers.first(where: { $0.isNamed("x-amz-target") })?.value, target.hasPrefix(prefix) else {
      return nil
    }
    self.init(rawValue: String(target.dropFirst(prefix.count)))
  }
}
