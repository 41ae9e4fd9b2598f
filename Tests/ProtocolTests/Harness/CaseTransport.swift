// A transport without a network, and a client that uses it.

internal import AWSClient
internal import Synchronization

/// Keeps what it is asked to send, and gives one answer to all of it.
final class CaseTransport: Transport {
  private let sent = Mutex<[SentRequest]>([])
  private let response: TransportResponse

  init(_ response: TransportResponse) {
    self.response = response
  }

  /// The requests in the order in which they were sent.
  var requests: [SentRequest] { sent.withLock { $0 } }

  func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    let request = SentRequest(request)
    sent.withLock { $0.append(request) }
    return response
  }

  /// A client that sends its requests, once each, through this transport.
  func client<Client: AWSServiceClient>(_ client: Client.Type, host: String?) -> Client {
    var configuration = ClientConfiguration<Client>.endpoint(
      "https://\(host ?? "protocol-tests.example")", region: "us-east-1",
      credentials: .static(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
    configuration.retry.maximumAttempts = 1
    configuration.requestCompression = RequestCompression(gzip: GZip.compress)
    return Client(configuration: configuration, transport: self)
  }
}

/// A request as a server would see it.
struct SentRequest: Sendable {
  let method: String
  let host: String
  let path: String
  private let headers: [HeaderField]
  let body: [UInt8]

  init(_ request: TransportRequest) {
    method = request.method.rawValue
    let address = request.url.firstRange(of: "://").map { request.url[$0.upperBound...] } ?? request.url[...]
    host = String(address.prefix { $0 != "/" })
    path = String(address.dropFirst(host.count))
    // The client wipes its own copy.
    body = request.body.withUnsafeBytes { Array($0) }
    // The length is the transport's to say; that the client's own transport does is tested with it.
    headers = request.headers + [HeaderField(name: "Content-Length", value: "\(body.count)")]
  }

  /// The values of the fields called `name`, as one; nil when there is none.
  func header(_ name: String) -> String? {
    let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }
}
