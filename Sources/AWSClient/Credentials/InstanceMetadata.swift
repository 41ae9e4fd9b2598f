// The metadata service of an EC2 instance, version 2: every question needs a session token.

internal import AWSJSON
internal import AWSSigV4
internal import Synchronization

/// A session with the instance metadata service (IMDSv2). Version 1, which answers anyone without a token, is not spoken.
final class InstanceMetadata: Sendable {
  /// How long a session is asked for, in seconds: the longest there is.
  private static let sessionSeconds: Int64 = 21_600
  /// The longest token or role name that is taken, in bytes.
  private static let lineLimit = 4096
  private static let credentialsPath = "/latest/meta-data/iam/security-credentials/"

  private struct Session {
    let token: String
    let end: ContinuousClock.Instant
  }

  private let endpoint: EndpointURL
  private let exchange: CredentialsExchange
  private let session = Mutex<Session?>(nil)

  /// A service at `endpoint`, whose path is put before the service's own.
  init(_ endpoint: EndpointURL, _ exchange: CredentialsExchange) {
    self.endpoint = endpoint
    self.exchange = exchange
  }

  /// The credentials of the role that the instance has.
  func credentials() async throws(CredentialsExchange.Failure) -> Credentials {
    let role = try await get(Self.credentialsPath, roleName)
    return try await get(Self.credentialsPath + role, document)
  }

  /// The role's name; in more lines than one it is the first.
  private func roleName(_ response: TransportResponse) throws(CredentialsExchange.Failure) -> String {
    let name = response.body.prefix { $0 != 0x0A && $0 != 0x0D }
    guard (1...128).contains(name.count), name.allSatisfy(Self.isRoleCharacter) else {
      throw failure("what it gives is not the name of a role")
    }
    return String(decoding: name, as: UTF8.self)
  }

  private func document(_ response: TransportResponse) throws(CredentialsExchange.Failure) -> Credentials {
    do {
      return try CredentialsDocument(response.body, tokenMember: "Token", requiresVersion: false).credentials
    } catch {
      throw failure(error.description)
    }
  }

  /// What is at `path`, twice tried; a session that the service does not know any more is begun anew.
  private func get<Output>(
    _ path: String, _ read: (TransportResponse) throws(CredentialsExchange.Failure) -> Output
  ) async throws(CredentialsExchange.Failure) -> Output {
    try await exchange.repeating { () async throws(CredentialsExchange.Failure) in
      let token = try await token()
      let request = request(.get, path, HeaderField(name: "x-aws-ec2-metadata-token", value: token))
      return try await exchange.send(request) { (response) throws(CredentialsExchange.Failure) in
        switch response.statusCode {
        case 200: return try read(response)
        case 401:
          forget(token)
          throw failure("the session is over", reason: .transient)
        case 404: throw failure("the instance has no role")
        default: throw refusal(response)
        }
      }
    }
  }

  /// The session's token; of a new session when there is none, or only little of it is left.
  private func token() async throws(CredentialsExchange.Failure) -> String {
    let now = exchange.clock.uptime()
    if let session = session.withLock({ $0 }), now < session.end { return session.token }
    let lifetime = HeaderField(name: "x-aws-ec2-metadata-token-ttl-seconds", value: String(Self.sessionSeconds))
    let new = try await exchange.send(request(.put, "/latest/api/token", lifetime)) {
      (response) throws(CredentialsExchange.Failure) in
      switch response.statusCode {
      case 200: break
      case 403: throw failure("the service is switched off")
      case 404, 405: throw failure("there is no version 2 of the service")
      default: throw refusal(response)
      }
      guard (1...Self.lineLimit).contains(response.body.count),
        response.body.allSatisfy({ (0x21...0x7E).contains($0) })
      else { throw failure("what it gives is not a session token") }
      let stated = response.header(lifetime.name).flatMap { Int64($0) } ?? Self.sessionSeconds
      let seconds = min(max(stated, 1), Self.sessionSeconds)
      // Renewed a little early: not every request need fail once.
      return Session(
        token: String(decoding: response.body, as: UTF8.self), end: now + .seconds(max(seconds - 300, seconds / 2)))
    }
    session.withLock { $0 = new }
    return new.token
  }

  private func forget(_ token: String) {
    session.withLock { if $0?.token == token { $0 = nil } }
  }

  private func request(_ method: TransportRequest.Method, _ path: String, _ field: HeaderField) -> TransportRequest {
    // An endpoint's URL may end with a slash, the path begins with one.
    let base = endpoint.url.hasSuffix("/") ? String(endpoint.url.dropLast()) : endpoint.url
    let headers = [
      HeaderField(name: "Host", value: endpoint.authority),
      HeaderField(name: "User-Agent", value: RequestFactory.userAgent), field,
    ]
    return TransportRequest(
      method: method, url: base + path, headers: headers, body: [], timeout: exchange.timeout)
  }

  private func refusal(_ response: TransportResponse) -> CredentialsExchange.Failure {
    failure("HTTP status \(response.statusCode)", reason: exchange.reason(status: response.statusCode))
  }

  private func failure(_ text: String, reason: RetryReason? = nil) -> CredentialsExchange.Failure {
    CredentialsExchange.Failure(CredentialsError("\(exchange.subject): \(text)"), reason: reason)
  }

  /// Whether a role may have this character in its name; all of them stand for themselves in a URL's path.
  private static func isRoleCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_+=,.@-".utf8.contains(byte)
    }
  }
}
