// The standard retry mode, scenario by scenario: what is repeated, after what wait, and what the quota pays.

import AWSSigV4
import KMSClient
import Testing

@testable import AWSClient

@Suite struct RetryTests {
  /// What a scenario ended in.
  private struct Outcome {
    var result: Result<ListKeysOutput, ListKeysError>
    var requests: [TransportRequest]
    var delays: [Duration]
    var quota: Int
  }

  private func run(
    _ answers: [SequenceTransport.Answer], retry: RetryConfiguration = RetryConfiguration(), quota: Int = 500,
    timeouts: Timeouts = Timeouts(), random: Double = 1
  ) async -> Outcome {
    let transport = SequenceTransport(answers)
    let clock = ManualClock(random: random)
    let tokens = RetryQuota(available: quota)
    var configuration = KMSClient.Configuration.endpoint(
      "http://127.0.0.1:8270", region: "us-east-1",
      credentials: .static(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))
    configuration.retry = retry
    configuration.timeouts = timeouts
    let kms = KMSClient(
      runtime: ClientRuntime(
        configuration, transport: transport, ownTransport: nil, clock: clock.callClock, quota: tokens))
    let result: Result<ListKeysOutput, ListKeysError>
    do { result = .success(try await kms.listKeys()) } catch { result = .failure(error) }
    return Outcome(result: result, requests: transport.requests, delays: clock.delays, quota: tokens.remaining)
  }

  private let page = SequenceTransport.Answer.reply(200, body: #"{"Keys":[],"Truncated":false}"#)

  @Test("faults of the service are repeated until a success, which pays back the last retry")
  func eventualSuccess() async throws {
    let outcome = await run([.reply(500), .reply(503), page])
    #expect(try outcome.result.get().keys == [])
    #expect(outcome.requests.count == 3)
    #expect(outcome.delays == [.milliseconds(50), .milliseconds(100)])
    #expect(outcome.quota == 500 - 14 - 14 + 14)
  }

  @Test("no more attempts than configured; a failure pays nothing back")
  func attemptsRunOut() async {
    let outcome = await run([.reply(502), .reply(502), .reply(502), page])
    #expect(outcome.requests.count == 3)
    #expect(outcome.quota == 500 - 28)
    guard case .failure(.unmodeled(let code, _, _)) = outcome.result else {
      Issue.record("\(outcome.result)")
      return
    }
    #expect(code == "502")
  }

  @Test("a single attempt waits for nothing")
  func noRetries() async {
    let outcome = await run([.reply(500), page], retry: .none)
    #expect(outcome.requests.count == 1)
    #expect(outcome.delays.isEmpty)
    #expect(outcome.quota == 500)
  }

  @Test("an empty quota ends the call", arguments: [(14, 2), (13, 1), (0, 1)])
  func quotaRunsOut(quota: Int, attempts: Int) async {
    let outcome = await run([.reply(500), .reply(500), page], quota: quota)
    #expect(outcome.requests.count == attempts)
    #expect(outcome.quota == quota - 14 * (attempts - 1))
  }

  @Test("a success without a retry pays one token, up to the brim", arguments: [(100, 101), (500, 500)])
  func successPays(before: Int, after: Int) async {
    #expect(await run([page], quota: before).quota == after)
  }

  @Test("throttling waits longer and costs less")
  func throttling() async {
    let outcome = await run([.error("ThrottlingException"), .error("SlowDown"), page])
    #expect(outcome.requests.count == 3)
    #expect(outcome.delays == [.seconds(1), .seconds(2)])
    #expect(outcome.quota == 500 - 5 - 5 + 5)
  }

  @Test("waits grow up to the maximum, and chance takes its part")
  func maximumBackoff() async {
    let retry = RetryConfiguration(maximumAttempts: 6, maximumBackoff: .milliseconds(200))
    let full = await run(Array(repeating: .reply(500), count: 5) + [page], retry: retry)
    #expect(full.delays == [50, 100, 200, 200, 200].map { .milliseconds($0) })
    let half = await run(Array(repeating: .reply(500), count: 5) + [page], retry: retry, random: 0.5)
    #expect(half.delays == [25, 50, 100, 100, 100].map { .milliseconds($0) })
  }

  @Test(
    "x-amz-retry-after counts up to five seconds beyond the wait; nonsense does not count",
    arguments: [
      ("1500", Duration.milliseconds(1500)), ("0", .milliseconds(50)), ("20", .milliseconds(50)),
      ("10000", .milliseconds(5050)), ("7200000", .milliseconds(5050)),
      ("9223372036854775807", .milliseconds(5050)), ("-1", .milliseconds(50)), ("soon", .milliseconds(50)),
      ("99999999999999999999", .milliseconds(50)),
    ])
  func retryAfter(header: String, delay: Duration) async {
    let outcome = await run([.reply(500, headers: ["x-amz-retry-after": header]), page])
    #expect(outcome.delays == [delay])
  }

  @Test(
    "what would fail in the same way is not repeated",
    arguments: [
      SequenceTransport.Answer.error("LimitExceededException"), .error("NotFoundException"),
      .error("AccessDeniedException"), .error("DependencyTimeoutException", status: 400), .reply(301), .reply(404),
      .reply(501), .failure(.cancelled),
      .failure(.connection(TransportError("too long", mayHaveReachedServer: true, isPermanent: true))),
    ])
  func notRepeated(answer: SequenceTransport.Answer) async {
    let outcome = await run([answer, page])
    #expect(outcome.requests.count == 1)
    #expect(outcome.quota == 500)
  }

  @Test(
    "what may pass by itself is repeated",
    arguments: [
      SequenceTransport.Answer.error("KMSInternalException", status: 500),
      .error("DependencyTimeoutException", status: 500), .error("RequestTimeout"), .error("Throttling"),
      .error("TooManyRequestsException"), .reply(502, body: "<html>"), .reply(504),
      .failure(.connection(TransportError("reset", mayHaveReachedServer: true))),
      .failure(.timeout(TimeoutError("slow", mayHaveReachedServer: true))),
    ])
  func repeated(answer: SequenceTransport.Answer) async throws {
    let outcome = await run([answer, page])
    #expect(outcome.requests.count == 2)
    #expect(try outcome.result.get().keys == [])
  }

  @Test("a success that cannot be read is not asked for again")
  func decodingIsFinal() async {
    let outcome = await run([.reply(200, body: #"{"Keys":["#), page])
    #expect(outcome.requests.count == 1)
    guard case .failure(.decoding) = outcome.result else {
      Issue.record("\(outcome.result)")
      return
    }
  }

  @Test("all attempts carry one invocation id, their number, and the same body")
  func attemptHeaders() async throws {
    let requests = await run([.reply(500), .reply(500), page]).requests
    func value(_ name: String, _ request: TransportRequest) -> String? {
      request.headers.first { $0.isNamed(name) }?.value
    }
    #expect(Set(requests.map { value("amz-sdk-invocation-id", $0) }).count == 1)
    #expect(requests.map { value("amz-sdk-request", $0) } == (1...3).map { "attempt=\($0); max=3" })
    #expect(Set(requests.map(\.body)).count == 1)
    let id = try #require(value("amz-sdk-invocation-id", requests[0]))
    #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
  }

  @Test("the call's time ends the attempts: no wait that would outlast it, and no attempt beyond it")
  func callDeadline() async {
    let outcome = await run(
      [.error("ThrottlingException"), .error("ThrottlingException"), page],
      timeouts: Timeouts(attempt: .seconds(60), call: .milliseconds(2500)))
    #expect(outcome.delays == [.seconds(1)])
    #expect(outcome.requests.map(\.timeout) == [.milliseconds(2500), .milliseconds(1500)])
    guard case .failure(.throttling) = outcome.result else {
      Issue.record("\(outcome.result)")
      return
    }
  }

  @Test("cancelling ends the wait between attempts")
  func cancelledWhileWaiting() async {
    let task = Task { await run([.reply(500), page]) }
    task.cancel()
    let outcome = await task.value
    guard case .failure(.cancelled) = outcome.result else {
      Issue.record("\(outcome.result)")
      return
    }
  }
}
