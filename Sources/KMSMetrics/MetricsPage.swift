// All metrics on one page, for Prometheus to fetch.

/// Writes what there is to know about a running service.
public struct MetricsPage: Sendable {
  /// The media type of the text.
  public static let contentType = MetricsDocument.contentType

  private let metrics: ServiceMetrics
  private let version: String
  private let startTime: Double

  /// A page of a service.
  ///
  /// - Parameters:
  ///   - version: the release that runs.
  ///   - startTime: when the process started, in seconds since 1970.
  public init(_ metrics: ServiceMetrics, version: String, startTime: Double) {
    self.metrics = metrics
    self.version = version
    self.startTime = startTime
  }

  /// The metrics of this moment, in Prometheus's text format; nil without memory for them.
  ///
  /// - Parameter figures: what is known elsewhere, at this moment.
  public func text(figures: [Figure]) -> [UInt8]? {
    let document = MetricsDocument()
    writeRequests(to: document)
    writeLatencies(to: document)
    writeRefusals(to: document)
    for figure in figures {
      switch figure.kind {
      case .counter: document.counters(figure.name, figure.help)
      case .gauge: document.gauges(figure.name, figure.help)
      }
      document.add(figure.value)
    }
    document.gauges("keywright_build_info", "Which release this is; always 1.")
    document.add(1, ("version", version))
    document.gauges("process_start_time_seconds", "When the process started, in seconds since 1970.")
    document.add(startTime)
    return document.serialized()
  }

  private func writeRequests(to document: MetricsDocument) {
    document.counters("keywright_requests_total", "Requests that were answered, by operation and result.")
    for (operation, name) in metrics.operations.values.enumerated() {
      for (result, code) in metrics.results.values.enumerated() {
        let count = metrics.requestCount(operation: operation, result: result)
        // A first success is seen as an increase from 0; errors that never happen would be most of the page.
        guard count > 0 || code == ServiceMetrics.success else { continue }
        document.add(Double(count), ("operation", name), ("result", code))
      }
    }
  }

  private func writeLatencies(to document: MetricsDocument) {
    document.histograms(
      "keywright_request_duration_seconds", "Time from the whole request to the whole answer, by operation.")
    for (operation, name) in metrics.operations.values.enumerated() {
      let reading = metrics.latency(operation: operation)
      if reading.count > 0 { document.add(reading, ("operation", name)) }
    }
  }

  private func writeRefusals(to document: MetricsDocument) {
    document.counters("keywright_access_decisions_total", "Decisions about what callers may do.")
    for decision in ServiceMetrics.AccessDecision.allCases {
      document.add(Double(metrics.count(of: decision)), ("decision", decision.rawValue))
    }
    document.counters("keywright_authentication_failures_total", "Requests whose signature was refused, by error code.")
    for (place, code) in metrics.failureCodes.values.enumerated() {
      document.add(Double(metrics.authenticationFailureCount(code: place)), ("code", code))
    }
    document.counters("keywright_throttled_requests_total", "Requests refused by a request quota, by quota.")
    for (place, name) in metrics.quotaNames.values.enumerated() {
      let count = metrics.throttledCount(requestQuota: place)
      if count > 0 { document.add(Double(count), ("quota", name)) }
    }
  }
}
