// What the surroundings of a client learn of its calls: spans, metrics and log lines, and nothing secret.

import ClientTestSupport
import InMemoryLogging
import InMemoryTracing
import KMSClient
import Logging
import Metrics
import MetricsTestKit
import SecureMemory
import Testing
import Tracing

@testable import AWSClient

@Suite("Telemetry")
struct TelemetryTests {
  private let tracer = InMemoryTracer()
  private let metrics = TestMetrics()
  private let log = InMemoryLogHandler()

  private func client(_ answers: [SequenceTransport.Answer]) -> KMSClient {
    var configuration = makeConfiguration("http://kms.example:8270")
    configuration.retry = RetryConfiguration(maximumAttempts: 3)
    configuration.tracer = tracer
    configuration.metrics = metrics
    configuration.logger = Logger(label: "test") { [log] _ in log }
    configuration.logger?.logLevel = .debug
    return KMSClient(
      runtime: ClientRuntime(
        configuration, transport: SequenceTransport(answers), ownTransport: nil, clock: ManualClock().callClock))
  }

  private let dimensions = [("rpc.service", "KMS"), ("rpc.method", "ListKeys")]

  @Test("a call that succeeds after a retry")
  func success() async throws {
    let page = SequenceTransport.Answer.reply(
      200, headers: ["x-amzn-RequestId": "r-2"], body: #"{"Keys":[],"Truncated":false}"#)
    _ = try await client([.error("ThrottlingException"), page]).listKeys()
    let spans = tracer.finishedSpans
    #expect(spans.map(\.operationName) == ["KMS.ListKeys"])
    let span = try #require(spans.first)
    #expect(span.kind == .client)
    #expect(span.status == nil)
    #expect(span.attributes.get("aws.request_id") == "r-2")
    let attributes = ["rpc.system", "rpc.service", "rpc.method", "server.address", "cloud.region", "error.type"].map {
      span.attributes.get($0)
    }
    #expect(attributes == ["aws-api", "KMS", "ListKeys", "kms.example", "us-east-1", nil])
    #expect(span.attributes.get("server.port") == 8270)
    #expect(try metrics.expectTimer("rpc.client.duration", dimensions).values.count == 1)
    #expect(try metrics.expectCounter("rpc.client.retries", dimensions).totalValue == 1)
    #expect(metrics.counters(label: "rpc.client.errors").isEmpty)
    #expect(log.entries.map { "\($0.message)" } == ["attempt failed, trying again"])
    #expect(log.entries.first?.metadata["error"] == "ThrottlingException, status 400, request unknown")
  }

  @Test("a call that fails")
  func failure() async throws {
    await #expect(throws: ListKeysError.self) {
      try await client([.error("KMSInvalidStateException", headers: ["x-amzn-RequestId": "r-1"])]).listKeys()
    }
    let span = try #require(tracer.finishedSpans.first)
    #expect(span.status?.code == .error)
    #expect(span.attributes.get("error.type") == "KMSInvalidStateException")
    #expect(span.attributes.get("aws.request_id") == "r-1")
    let errors = try metrics.expectCounter("rpc.client.errors", dimensions + [("error.type", "service")])
    #expect(errors.totalValue == 1)
    #expect(log.entries.isEmpty)
  }

  @Test("a span of the caller is the parent, and what the transport does is inside the call's")
  func parent() async throws {
    let kms = client([.reply(200, body: #"{"Keys":[],"Truncated":false}"#)])
    try await tracer.withSpan("work") { _ in _ = try await kms.listKeys() }
    let spans = tracer.finishedSpans
    #expect(spans.map(\.operationName) == ["KMS.ListKeys", "work"])
    #expect(spans.first?.parentSpanID == spans.last?.spanID)
  }

  @Test("nothing of a request or reply is told")
  func secrecy() async throws {
    let kms = client([
      .reply(500, body: #"{"__type":"KMSInternalException","message":"cGxhaW50ZXh0"}"#),
      .failure(.connection(TransportError("reset", mayHaveReachedServer: true))),
      .reply(400, body: #"{"__type":"NotFoundException","message":"cGxhaW50ZXh0"}"#),
    ])
    await #expect(throws: EncryptError.self) {
      try await kms.encrypt(
        keyID: "alias/app", plaintext: SecretBytes("plaintext".utf8), encryptionContext: ["tenant": "blue"])
    }
    var told = ""
    dump(log.entries.map { "\($0.message) \($0.metadata)" }, to: &told)
    for span in tracer.finishedSpans { span.attributes.forEach { told += "\($0)=\($1)" } }
    for secret in ["plaintext", "cGxhaW50ZXh0", "blue", "alias/app"] { #expect(!told.contains(secret), "\(secret)") }
    #expect(log.entries.count == 2)
  }
}
