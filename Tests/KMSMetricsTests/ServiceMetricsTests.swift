// Counting, and the page that tells of it.

import Testing

@testable import KMSMetrics

@Suite
struct ServiceMetricsTests {
  private static func metrics() -> ServiceMetrics {
    ServiceMetrics(
      .init(
        operations: ["Encrypt", "Decrypt"], errors: ["NotFoundException", "ThrottlingException"],
        authenticationFailures: ["InvalidSignatureException"], requestQuotas: ["describe-key"]))
  }

  /// The page's lines, without its comments.
  private static func samples(_ metrics: ServiceMetrics) throws -> Set<Substring> {
    let page = MetricsPage(metrics, version: "1.2.3", startTime: 1_700_000_000.25)
    let text = String(decoding: try #require(page.text(figures: [])), as: UTF8.self)
    #expect(text.hasSuffix("\n"))
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(Set(lines).count == lines.count, "a line is there twice")
    return Set(lines)
  }

  @Test func nothingHasHappenedYet() throws {
    #expect(
      try Self.samples(Self.metrics()) == [
        #"keywright_requests_total{operation="Encrypt",result="success"} 0"#,
        #"keywright_requests_total{operation="Decrypt",result="success"} 0"#,
        #"keywright_requests_total{operation="unknown",result="success"} 0"#,
        #"keywright_access_decisions_total{decision="allowed"} 0"#,
        #"keywright_access_decisions_total{decision="denied"} 0"#,
        #"keywright_authentication_failures_total{code="InvalidSignatureException"} 0"#,
        #"keywright_authentication_failures_total{code="other"} 0"#,
        #"keywright_build_info{version="1.2.3"} 1"#,
        "process_start_time_seconds 1700000000.25",
      ])
  }

  @Test func countsByNames() throws {
    let metrics = Self.metrics()
    for _ in 0..<3 { metrics.record(operation: "Encrypt", duration: .milliseconds(1)) }
    metrics.record(operation: "Decrypt", error: "NotFoundException", duration: .milliseconds(1))
    metrics.record(.allowed)
    metrics.record(.allowed)
    metrics.record(.denied)
    metrics.recordAuthenticationFailure(code: "InvalidSignatureException")
    metrics.recordThrottled(requestQuota: "describe-key")
    let samples = try Self.samples(metrics)
    for line in [
      #"keywright_requests_total{operation="Encrypt",result="success"} 3"#,
      #"keywright_requests_total{operation="Decrypt",result="success"} 0"#,
      #"keywright_requests_total{operation="Decrypt",result="NotFoundException"} 1"#,
      #"keywright_access_decisions_total{decision="allowed"} 2"#,
      #"keywright_access_decisions_total{decision="denied"} 1"#,
      #"keywright_authentication_failures_total{code="InvalidSignatureException"} 1"#,
      #"keywright_throttled_requests_total{quota="describe-key"} 1"#,
      #"keywright_request_duration_seconds_count{operation="Encrypt"} 3"#,
      #"keywright_request_duration_seconds_count{operation="Decrypt"} 1"#,
    ] {
      #expect(samples.contains(line[...]), "\(line)")
    }
  }

  /// Whatever callers invent goes under one name.
  @Test func takesNoNamesFromCallers() throws {
    let metrics = Self.metrics()
    func record(_ names: some Sequence<String>) {
      for name in names {
        metrics.record(operation: name, error: name, duration: .zero)
        metrics.recordAuthenticationFailure(code: name)
        metrics.recordThrottled(requestQuota: name)
      }
    }
    record(["", "encrypt", "Encrypt\"} 1\nforged 1", "\u{0}"])
    metrics.record(operation: nil, error: "UnknownOperationException", duration: .zero)
    let lines = try Self.samples(metrics)
    #expect(lines.contains(#"keywright_requests_total{operation="unknown",result="other"} 5"#))
    #expect(lines.contains(#"keywright_authentication_failures_total{code="other"} 4"#))
    #expect(lines.contains(#"keywright_throttled_requests_total{quota="other"} 4"#))
    #expect(!lines.contains { $0.contains("forged") })
    record((0..<1000).map { "Operation\($0)" })
    #expect(try Self.samples(metrics).count == lines.count)
  }

  @Test func writesFiguresThatAreKeptElsewhere() throws {
    let page = MetricsPage(Self.metrics(), version: "1", startTime: 0)
    let figures: [Figure] = [
      .gauge("queue_depth", "Pairs that wait.", 12), .counter("refusals_total", "Refused requests.", 3),
    ]
    let text = String(decoding: try #require(page.text(figures: figures)), as: UTF8.self)
    #expect(
      text.contains(
        """
        # HELP queue_depth Pairs that wait.
        # TYPE queue_depth gauge
        queue_depth 12
        # HELP refusals_total Refused requests.
        # TYPE refusals_total counter
        refusals_total 3

        """))
  }

  @Test func losesNothingWhenManyCountAtOnce() async throws {
    let metrics = Self.metrics()
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<5000 { metrics.record(operation: "Encrypt", duration: .microseconds(300)) }
        }
      }
    }
    let lines = try Self.samples(metrics)
    #expect(lines.contains(#"keywright_requests_total{operation="Encrypt",result="success"} 40000"#))
    #expect(lines.contains(#"keywright_request_duration_seconds_bucket{operation="Encrypt",le="0.0005"} 40000"#))
    #expect(lines.contains(#"keywright_request_duration_seconds_bucket{operation="Encrypt",le="0.00025"} 0"#))
    #expect(lines.contains(#"keywright_request_duration_seconds_sum{operation="Encrypt"} 12"#))
  }

  /// Label values are quoted by the encoder, should a name ever need it.
  @Test func quotesLabelValues() throws {
    let metrics = ServiceMetrics(.init(operations: ["a\"b\\c\nd"], errors: [], authenticationFailures: []))
    let lines = try Self.samples(metrics)
    #expect(lines.contains(#"keywright_requests_total{operation="a\"b\\c\nd",result="success"} 0"#))
  }
}
