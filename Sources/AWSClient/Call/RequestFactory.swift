// Makes the one kind of HTTP request that awsJson services know: a signed POST of a JSON object.

internal import AWSJSON
internal import AWSSigV4
internal import SecureMemory

/// Turns an operation's body into a signed request (Smithy "AWS JSON protocol"; Signature Version 4).
struct RequestFactory: Sendable {
  let endpoint: ServiceEndpoint
  private let contentType: String
  private let isQueryCompatible: Bool
  private let signer: RequestSigner

  /// What the client calls itself. It is not signed: proxies may change it.
  static let userAgent = "keywright-swift/0.2"

  /// Which attempt of which call a request is, as the service's operators see it.
  struct Attempt {
    let id: InvocationID
    let number: Int
    let maximum: Int
  }

  init(service: ServiceDescription, endpoint: ServiceEndpoint) {
    contentType = service.contentType
    isQueryCompatible = service.isQueryCompatible
    self.endpoint = endpoint
    signer = RequestSigner(region: endpoint.signingRegion, service: endpoint.signingName)
  }

  /// The request that calls an operation at `time`; its timeout is the caller's to set.
  func request(
    _ message: Call.Message, body: [UInt8], credentials: Credentials, at time: SigningTime, attempt: Attempt
  ) throws(ClientFailure) -> TransportRequest {
    do { try credentials.validate() } catch { throw .credentials(error) }
    let url = message.hostPrefix.map(endpoint.url.prefixed(with:)) ?? endpoint.url
    var headers = [
      HeaderField(name: "Host", value: url.authority),
      HeaderField(name: "Content-Type", value: contentType),
      HeaderField(name: "X-Amz-Target", value: message.target),
      HeaderField(name: "amz-sdk-invocation-id", value: attempt.id.description),
      HeaderField(name: "amz-sdk-request", value: "attempt=\(attempt.number); max=\(attempt.maximum)"),
    ]
    if let encoding = message.contentEncoding { headers.append(HeaderField(name: "Content-Encoding", value: encoding)) }
    if isQueryCompatible { headers.append(HeaderField(name: "x-amzn-query-mode", value: "true")) }
    for (name, values) in endpoint.headers { headers += values.map { HeaderField(name: name, value: $0) } }
    let signable = SignableRequest(method: "POST", target: url.path, headers: headers, body: body)
    do {
      headers += try signer.headers(signing: signable, with: credentials, at: time)
    } catch {
      throw .transport(TransportError("the request cannot be signed", mayHaveReachedServer: false, isPermanent: true))
    }
    headers.append(HeaderField(name: "User-Agent", value: Self.userAgent))
    // The transport's own copy, which is wiped after the attempt, while `body` serves the next one.
    let copy = body.withUnsafeBytes { Array($0) }
    return TransportRequest(url: url.url, headers: headers, body: copy, timeout: .zero)
  }
}
