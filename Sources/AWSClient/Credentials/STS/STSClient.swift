// Temporary credentials of AWS STS, over its query protocol.

internal import AWSJSON
internal import AWSSigV4

/// Calls STS in one Region: up to three times, with growing waits, when it cannot be reached, is too busy or fails.
struct STSClient: Sendable {
  private static let service = ServiceDescription(id: "STS", name: "STS", signingName: "sts", endpointPrefix: "sts")

  private let target: Result<Target, CredentialsError>
  private let exchange: CredentialsExchange

  /// Where requests go, and what signs them for that place.
  private struct Target {
    let url: EndpointURL
    let signer: RequestSigner
  }

  /// A client of the Region's own STS, or of one at `endpointURL`. What is not valid is told when STS is called.
  init(
    region: String, endpointURL: String? = nil, usesFIPS: Bool = false, usesDualStack: Bool = false,
    transport: (any Transport)?, clock: CallClock = CallClock()
  ) {
    target = Self.target(
      region: region, endpointURL: endpointURL, usesFIPS: usesFIPS, usesDualStack: usesDualStack)
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
    let target = try target.get()
    try credentials?.validate()
    do {
      return try await exchange.repeating { () async throws(CredentialsExchange.Failure) in
        // Passed on without a name: another reference to the body would keep it from being wiped.
        try await exchange.send(try request(form, to: target, signedWith: credentials)) {
          (response) throws(CredentialsExchange.Failure) in
          try read(response, to: form.action, hiding: secrets)
        }
      }
    } catch {
      throw error.error
    }
  }

  /// The request, signed anew for every attempt: a signature holds for minutes only.
  private func request(
    _ form: STSForm, to target: Target, signedWith credentials: Credentials?
  ) throws(CredentialsExchange.Failure) -> TransportRequest {
    var headers = [
      HeaderField(name: "Host", value: target.url.authority),
      HeaderField(name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8"),
    ]
    // A copy, because it is wiped after the attempt.
    let body = form.bytes.withUnsafeBytes { Array($0) }
    if let credentials {
      let signable = SignableRequest(method: "POST", target: target.url.path, headers: headers, body: body)
      do {
        headers += try target.signer.headers(signing: signable, with: credentials, at: exchange.clock.now())
      } catch {
        throw CredentialsExchange.Failure(CredentialsError("the request to STS cannot be signed"))
      }
    }
    headers.append(HeaderField(name: "User-Agent", value: RequestFactory.userAgent))
    return TransportRequest(url: target.url.url, headers: headers, body: body, timeout: exchange.timeout)
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

  private static func target(
    region: String, endpointURL: String?, usesFIPS: Bool, usesDualStack: Bool
  ) -> Result<Target, CredentialsError> {
    // In GovCloud the common endpoint is the one with FIPS, and there is no other (STS's endpoint rules).
    let hasFIPSName = usesFIPS && (usesDualStack || !region.hasPrefix("us-gov-"))
    do {
      let endpoint = try ServiceEndpoint(
        of: service, region: region, endpointURL: endpointURL, usesFIPS: hasFIPSName, usesDualStack: usesDualStack)
      return .success(
        Target(
          url: endpoint.url, signer: RequestSigner(region: endpoint.signingRegion, service: endpoint.signingName)))
    } catch {
      return .failure(CredentialsError("STS cannot be called: \(error)"))
    }
  }
}
