// Asking a source of credentials over HTTP, again when that makes sense.

internal import AWSJSON
internal import AWSSigV4
internal import SecureMemory

/// How one provider talks to its source.
struct CredentialsExchange: Sendable {
  /// Who is asked, as errors name it.
  let subject: String
  /// What carries the requests.
  let transport: any Transport
  /// How often the source is asked at most, the first time included.
  let maximumAttempts: Int
  /// How long one attempt may take.
  let timeout: Duration
  /// The times, the waits and the chance.
  let clock: CallClock

  /// An attempt that brought no credentials.
  struct Failure: Error {
    /// What the caller is told.
    let error: CredentialsError
    /// Why another attempt makes sense; nil when it does not.
    let reason: RetryReason?

    init(_ error: CredentialsError, reason: RetryReason? = nil) {
      self.error = error
      self.reason = reason
    }
  }

  init(
    _ subject: String, over transport: (any Transport)?, maximumAttempts: Int, timeout: Duration, clock: CallClock
  ) {
    self.subject = subject
    self.transport = transport ?? AsyncHTTPClientTransport.forCredentials
    self.maximumAttempts = maximumAttempts
    self.timeout = timeout
    self.clock = clock
  }

  /// The first result of `attempt`, which is made until it succeeds, fails for good, or has failed often enough.
  func repeating<Output>(_ attempt: () async throws(Failure) -> Output) async throws(Failure) -> Output {
    let backoff = RetryBackoff(maximum: .seconds(5), random: clock.random)
    var number = 1
    while true {
      do {
        return try await attempt()
      } catch {
        guard let reason = error.reason, number < maximumAttempts else { throw error }
        try await wait(backoff.delay(after: number, reason: reason, retryAfter: nil))
        number += 1
      }
    }
  }

  /// Sends a request and lends its reply to `read`; both bodies are wiped afterwards.
  func send<Output>(
    _ request: consuming TransportRequest, _ read: (TransportResponse) throws(Failure) -> Output
  ) async throws(Failure) -> Output {
    var request = request
    defer { SecretBytes.wipe(&request.body) }
    var response = try await reply(to: request)
    defer { SecretBytes.wipe(&response.body) }
    return try read(response)
  }

  /// What a status that is no success says about trying again.
  func reason(status: Int, code: String? = nil) -> RetryReason? {
    if status == 429 { return .throttling }
    let reply = ServiceErrorReply(code: code ?? String(status), message: nil, requestID: nil, statusCode: status)
    return RetryReason(reply, modeled: nil)
  }

  private func reply(to request: TransportRequest) async throws(Failure) -> TransportResponse {
    do {
      return try await transport.send(request)
    } catch {
      throw Failure(CredentialsError(error, from: subject), reason: RetryReason(ClientFailure(error)))
    }
  }

  private func wait(_ delay: Duration) async throws(Failure) {
    do { try await clock.sleep(delay) } catch { throw Failure(.cancelled) }
  }
}
