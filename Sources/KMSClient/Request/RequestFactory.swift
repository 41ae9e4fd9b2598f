// Makes the one kind of HTTP request that KMS knows: a signed POST of a JSON object.

internal import AWSJSON
internal import AWSSigV4
internal import SecureMemory

/// Turns an operation's body into a signed request (Smithy "AWS JSON 1.1 protocol"; Signature Version 4).
struct RequestFactory: Sendable {
  let endpoint: Endpoint
  let timeout: Duration
  private let signer: RequestSigner

  /// What the client calls itself. It is not signed: proxies may change it.
  static let userAgent = "keywright-swift/0.1"

  init(endpoint: Endpoint, region: String, timeout: Duration) {
    self.endpoint = endpoint
    self.timeout = timeout
    signer = RequestSigner(region: region, service: "kms")
  }

  /// The request that calls the operation with `target` at `time`.
  func request(
    target: String, body: consuming [UInt8], credentials: Credentials, at time: SigningTime
  ) throws(ClientFailure) -> TransportRequest {
    try check(credentials)
    var headers = [
      HeaderField(name: "Host", value: endpoint.authority),
      HeaderField(name: "Content-Type", value: "application/x-amz-json-1.1"),
      HeaderField(name: "X-Amz-Target", value: target),
    ]
    let signable = SignableRequest(method: "POST", target: endpoint.path, headers: headers, body: copy body)
    do {
      headers += try signer.headers(signing: signable, with: credentials, at: time)
    } catch {
      throw .transport(TransportError("the request cannot be signed", mayHaveReachedServer: false))
    }
    headers.append(HeaderField(name: "User-Agent", value: Self.userAgent))
    return TransportRequest(url: endpoint.url, headers: headers, body: body, timeout: timeout)
  }

  /// Refuses credentials that would break out of the header field they stand in.
  private func check(_ credentials: Credentials) throws(ClientFailure) {
    let separators = [UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: "=")]
    guard isVisible(credentials.accessKeyID), !credentials.accessKeyID.utf8.contains(where: separators.contains) else {
      throw .credentials(CredentialsError("the access key id is empty or has characters that none can have"))
    }
    guard credentials.secretAccessKey.count > 0 else {
      throw .credentials(CredentialsError("the secret access key is empty"))
    }
    guard credentials.sessionToken.map(isVisible) ?? true else {
      throw .credentials(CredentialsError("the session token is empty or has characters that none can have"))
    }
  }

  private func isVisible(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
