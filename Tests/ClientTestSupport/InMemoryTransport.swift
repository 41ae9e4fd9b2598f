// A transport without a network: it keeps what it is asked to send, and answers from a closure.

internal import AWSSigV4
public import KMSClient
internal import Synchronization

/// Answers every request at once, and remembers it.
public final class InMemoryTransport: Transport {
  private let sent = Mutex<[TransportRequest]>([])
  private let answer: @Sendable (TransportRequest) throws(TransportFailure) -> TransportResponse

  public init(_ answer: @escaping @Sendable (TransportRequest) throws(TransportFailure) -> TransportResponse) {
    self.answer = answer
  }

  /// Answers everything with one reply.
  public convenience init(
    status: Int = 200, headers: [String: String] = ["x-amzn-RequestId": "request-1"], body: String = "{}"
  ) {
    let fields = headers.map { HeaderField(name: $0.key, value: $0.value) }
    self.init { _ in TransportResponse(statusCode: status, headers: fields, body: Array(body.utf8)) }
  }

  /// The requests in the order they were sent.
  public var requests: [TransportRequest] { sent.withLock { $0 } }

  public func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    sent.withLock { $0.append(request) }
    return try answer(request)
  }
}
