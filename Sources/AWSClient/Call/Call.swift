// One call: attempts, until one succeeds or another would be of no use.

internal import AWSJSON
internal import AWSSigV4
internal import SecureMemory

/// The attempts of one call of an operation.
struct Call: Sendable {
  /// What is to be sent; the same in every attempt.
  struct Message: Sendable {
    let operation: String
    let target: String
    /// Labels before the endpoint's host that the operation's model wants.
    let hostPrefix: String?
    /// The coding of the body, when it is compressed.
    let contentEncoding: String?
    /// What the operation's model says of an error code.
    let retryability: @Sendable (String) -> ErrorRetryability?
  }

  let message: Message
  let requests: RequestFactory
  let credentials: any CredentialsProvider
  let transport: any Transport
  let retry: RetryConfiguration
  let timeouts: Timeouts
  let quota: RetryQuota
  let skew: ClockSkew
  let clock: CallClock
  let telemetry: CallTelemetry

  private let id = InvocationID()

  /// Sends `body` until there is a success, or a failure that stays.
  func reply(to body: [UInt8]) async throws(CallError) -> TransportResponse {
    let deadline = clock.uptime() + min(timeouts.call, Timeouts.longest)
    let backoff = RetryBackoff(maximum: retry.maximumBackoff, random: clock.random)
    var paid: Int?
    var hasCorrectedClock = false
    var number = 1
    while true {
      let failure: AttemptFailure
      do {
        let response = try await attempt(number, body, until: deadline)
        quota.release(paid)
        return response
      } catch {
        failure = error
      }
      guard let reason = failure.reason, number < retry.maximumAttempts else { throw failure.error }
      // It costs neither time nor tokens, so whoever names another time in every reply must not keep the call busy.
      if reason == .clockSkew {
        guard !hasCorrectedClock else { throw failure.error }
        hasCorrectedClock = true
      }
      let delay = backoff.delay(after: number, reason: reason, retryAfter: failure.retryAfter)
      let cost = RetryQuota.cost(of: reason)
      guard clock.uptime() + delay < deadline, quota.acquire(cost) else { throw failure.error }
      telemetry.willRetry(message.operation, id: id, attempt: number, after: delay, because: failure.error)
      do { try await clock.sleep(delay) } catch { throw .client(.cancelled) }
      paid = cost
      number += 1
    }
  }

  /// Why an attempt failed, and whether to make another one.
  private struct AttemptFailure: Error {
    let error: CallError
    var reason: RetryReason?
    var retryAfter: Duration?
  }

  private func attempt(
    _ number: Int, _ body: [UInt8], until deadline: ContinuousClock.Instant
  ) async throws(AttemptFailure) -> TransportResponse {
    let signedWith: Credentials
    do {
      signedWith = try await Deadline(deadline, clock: clock).credentials(from: credentials)
    } catch {
      throw AttemptFailure(error: .client(error))
    }
    let local = clock.now()
    let signed = skew.corrected(local)
    var request: TransportRequest
    do {
      request = try requests.request(
        message, body: body, credentials: signedWith, at: signed,
        attempt: RequestFactory.Attempt(id: id, number: number, maximum: retry.maximumAttempts))
    } catch {
      throw AttemptFailure(error: .client(error))
    }
    // One copy of the body for each attempt: the transport may keep it until it returns.
    defer { SecretBytes.wipe(&request.body) }
    request.timeout = min(timeouts.attempt, clock.uptime().duration(to: deadline))
    var response: TransportResponse
    do {
      response = try await transport.send(request)
    } catch {
      let failure = ClientFailure(error)
      throw AttemptFailure(error: .client(failure), reason: RetryReason(failure))
    }
    if (200..<300).contains(response.statusCode) { return response }
    defer { SecretBytes.wipe(&response.body) }
    let reply = ServiceErrorReply(statusCode: response.statusCode, body: response.body, header: response.header)
    let clocksDiffer = skew.learn(from: reply.code, date: response.header("date"), signed: signed, local: local)
    throw AttemptFailure(
      error: .service(reply),
      reason: clocksDiffer ? .clockSkew : RetryReason(reply, modeled: message.retryability(reply.code)),
      retryAfter: RetryBackoff.retryAfter(response.header("x-amz-retry-after")))
  }
}
