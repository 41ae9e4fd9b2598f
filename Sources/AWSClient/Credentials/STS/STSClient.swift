// Temporary credentials of AWS STS, over its query protocol.

internal import AWSJSON
internal import AWSSigV4

/// Calls STS in one Region: up to three times, with growing waits, when it cannot be reached, is too busy or fails.
struct STSClient: Sendable {
  private let endpoint: Result<EndpointURL, CredentialsError>
  private let signer: RequestSigner
  private let exchange: CredentialsExchange

  /// A client of the Region's own STS, or of one at `endpointURL`. What is not valid is told when STS is called.
  init(region: String, endpointURL: String?, transport: (any Transport)?, clock: CallClock) {
    endpoint = Self.endpoint(region: region, url: endpointURL)
    signer = RequestSigner(region: region, service: "sts")
    exchange = CredentialsExchange(
      "STS", over: transport, maximumAttempts: 3, timeout: .seconds(10), clock: clock)
  }

  /// The credentials that STS answers `form` with.
  ///
  /// - Parameters:
  ///   - credentials: what to sign with; nil for an action that needs no signature.
  ///   - secrets: what errors must not repeat.
  func credentials(
    _ form: STSForm, signedWith credentials: Credentials?, hiding secrets: [String]
  ) async throws(CredentialsError) -> Credentials {
    let endpoint = try endpoint.get()
    try credentials?.validate()
    do {
      return try await exchange.repeating { () async throws(CredentialsExchange.Failure) in
        let request = try request(form, to: endpoint, signedWith: credentials)
        return try await exchange.send(request) { (response) throws(CredentialsExchange.Failure) in
          try read(response, to: form.action, hiding: secrets)
        }
      }
    } catch {
      throw error.error
    }
  }

  /// The request, signed anew for every attempt: a signature holds for minutes only.
  private func request(
    _ form: STSForm, to endpoint: EndpointURL, signedWith credentials: Credentials?
  ) throws(CredentialsExchange.Failure) -> TransportRequest {
    var headers = [
      HeaderField(name: "Host", value: endpoint.authority),
      HeaderField(name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8"),
    ]
    // A copy, because it is wiped after the attempt.
    let body = form.bytes.withUnsafeBytes { Array($0) }
    if let credentials {
      let signable = SignableRequest(method: "POST", target: endpoint.path, headers: headers, body: body)
      do {
        headers += try signer.headers(signing: signable, with: credentials, at: exchange.clock.now())
      } catch {
        throw CredentialsExchange.Failure(CredentialsError("the request to STS cannot be signed"))
      }
    }
    headers.append(HeaderField(name: "User-Agent", value: RequestFactory.userAgent))
    return TransportRequest(url: endpoint.url, headers: headers, body: body, timeout: exchange.timeout)
  }

  private func read(
    _ response: TransportResponse, to action: String, hiding secrets: [String]
  ) throws(CredentialsExchange.Failure) -> Credentials {
    let reply: STSReply
    do {
      reply = try STSReply(response, to: action)
    } catch {
      throw CredentialsExchange.Failure(error)
    }
    switch reply {
    case .credentials(let credentials): return credentials
    case .error(let code, let message):
      // That STS could not reach the identity provider passes, and is for its clients to repeat.
      let reason = exchange.reason(status: response.statusCode, code: code)
      throw CredentialsExchange.Failure(
        CredentialsError(
          reply: action, code: code ?? "HTTP status \(response.statusCode)", message: message, hiding: secrets),
        reason: code == "IDPCommunicationError" ? .transient : reason)
    }
  }

  private static func endpoint(region: String, url: String?) -> Result<EndpointURL, CredentialsError> {
    do {
      try EndpointURL.validate(region: region)
      let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
      return .success(try EndpointURL(url ?? "https://sts.\(region).\(domain)"))
    } catch {
      return .failure(CredentialsError("STS cannot be called: \(error)"))
    }
  }
}
