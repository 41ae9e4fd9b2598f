// The credentials that a container's surroundings give it: ECS, EKS Pod Identity, Greengrass, CodeBuild.

public import AWSJSON
public import AWSSigV4
internal import SecureMemory

/// Credentials from the HTTP endpoint that `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI` names.
///
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`, read every time, or else `AWS_CONTAINER_AUTHORIZATION_TOKEN` is what the
/// endpoint is shown. Every call asks it: put a ``CachingCredentialsProvider`` around this one.
public struct ContainerCredentialsProvider: CredentialsProvider {
  private enum Token {
    case none
    case text(SecretBytes)
    case file(String)
  }

  private let address: Result<ContainerAddress, CredentialsError>
  private let token: Token
  private let exchange: CredentialsExchange

  /// Reads the environment of this process.
  ///
  /// - Throws: `CredentialsError` when neither of the two URIs is set.
  public init() throws(CredentialsError) {
    guard let provider = Self(environment: ProcessEnvironment()) else {
      throw CredentialsError(
        "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set")
    }
    self = provider
  }

  /// Reads an environment; nil when neither of the two URIs is set. A URI that is not valid is an error of
  /// ``credentials()``: whoever set it meant this provider.
  init?(
    environment: some EnvironmentVariables, transport: (any Transport)? = nil, clock: CallClock = CallClock()
  ) {
    if let relative = environment.string("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      address = Result { () throws(CredentialsError) in try ContainerAddress(relativeURI: relative) }
    } else if let full = environment.string("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
      address = Result { () throws(CredentialsError) in try ContainerAddress(fullURI: full) }
    } else {
      return nil
    }
    if let path = environment.string("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      token = .file(path)
    } else if let secret = environment.secret("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
      token = .text(secret)
    } else {
      token = .none
    }
    exchange = CredentialsExchange(
      "the container's credentials", over: transport, maximumAttempts: 3, timeout: .seconds(2), clock: clock)
  }

  /// The credentials as the endpoint gives them now.
  ///
  /// - Throws: `CredentialsError` when the endpoint or the token cannot be used, or with what the endpoint says.
  public func credentials() async throws(CredentialsError) -> Credentials {
    let address = try address.get()
    var headers = [
      HeaderField(name: "Host", value: address.authority), HeaderField(name: "Accept", value: "application/json"),
      HeaderField(name: "User-Agent", value: RequestFactory.userAgent),
    ]
    let authorization = try authorization()
    if let authorization { headers.append(HeaderField(name: "Authorization", value: authorization)) }
    let request = TransportRequest(
      method: .get, url: address.url, headers: headers, body: [], timeout: exchange.timeout)
    do {
      return try await exchange.repeating { () async throws(CredentialsExchange.Failure) in
        try await exchange.send(request) { (response) throws(CredentialsExchange.Failure) in
          try read(response, hiding: authorization.map { [$0] } ?? [])
        }
      }
    } catch {
      throw error.error
    }
  }

  private func read(
    _ response: TransportResponse, hiding secrets: [String]
  ) throws(CredentialsExchange.Failure) -> Credentials {
    guard response.statusCode == 200 else {
      let reply = ContainerRefusal(response.body)
      throw CredentialsExchange.Failure(
        CredentialsError(
          reply: exchange.subject, code: reply.code ?? "HTTP status \(response.statusCode)", message: reply.message,
          hiding: secrets),
        reason: exchange.reason(status: response.statusCode, code: reply.code))
    }
    do {
      return try CredentialsDocument(response.body, tokenMember: "Token", requiresVersion: false).credentials
    } catch {
      throw CredentialsExchange.Failure(CredentialsError("\(exchange.subject): \(error)"))
    }
  }

  /// The value of the `Authorization` field.
  private func authorization() throws(CredentialsError) -> String? {
    let value: String
    switch token {
    case .none: return nil
    case .text(let secret): value = secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    case .file(let path):
      var content = try TokenFile.content(of: path)
      defer { SecretBytes.wipe(&content) }
      value = String(decoding: content, as: UTF8.self)
    }
    // A line's end is not cut off: a token with one would be another token to other clients, or a forged field.
    guard !value.isEmpty, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw CredentialsError(
        "the container's authorization token is empty, or has a line's end or other characters "
          + "that no header field may have")
    }
    return value
  }
}

/// What an endpoint says when it gives no credentials: `{"code": …, "message": …}`, as far as it does.
private struct ContainerRefusal {
  var code: String?
  var message: String?

  init(_ body: [UInt8]) {
    do {
      try read(body)
    } catch {
      (code, message) = (nil, nil)
    }
  }

  private mutating func read(_ body: [UInt8]) throws(JSONError) {
    var reader = JSONReader(body, maximumDepth: 16)
    try reader.beginObject()
    while let name = try reader.nextMember() {
      guard try reader.peekKind() == .string else {
        try reader.skipValue()
        continue
      }
      switch name {
      case "code", "Code": code = try reader.readString()
      case "message", "Message": message = try reader.readString()
      default: try reader.skipValue()
      }
    }
    try reader.finish()
  }
}
