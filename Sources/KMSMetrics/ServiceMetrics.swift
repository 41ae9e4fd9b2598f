// What the service counts. Nothing here knows an account, a key or a caller.

/// The service's counters. Counting takes no lock and allocates nothing.
public final class ServiceMetrics: Sendable {
  /// The values that labels may have. Whatever else is counted goes under one name: `unknown` for an operation, `other`
  /// for the rest.
  public struct Names: Sendable {
    /// Operations, by their name in the API.
    public var operations: [String]
    /// The codes of errors that answer requests.
    public var errors: [String]
    /// The codes of refused signatures.
    public var authenticationFailures: [String]
    /// The names of the request quotas.
    public var requestQuotas: [String]

    /// Puts the names together.
    public init(
      operations: [String], errors: [String], authenticationFailures: [String], requestQuotas: [String] = []
    ) {
      self.operations = operations
      self.errors = errors
      self.authenticationFailures = authenticationFailures
      self.requestQuotas = requestQuotas
    }
  }

  /// What the authorizer says.
  public enum AccessDecision: String, CaseIterable, Sendable {
    case allowed
    case denied
  }

  /// The result of a request that was not refused.
  static let success = "success"

  let operations: Labels
  let results: Labels
  let failureCodes: Labels
  let quotaNames: Labels
  private let requests: CounterTable
  private let latencies: LatencyTable
  private let decisions = CounterTable(count: AccessDecision.allCases.count)
  private let authenticationFailures: CounterTable
  private let throttled: CounterTable

  /// Counters at zero.
  public init(_ names: Names) {
    operations = Labels(names.operations, otherwise: "unknown")
    results = Labels([Self.success] + names.errors, otherwise: "other")
    failureCodes = Labels(names.authenticationFailures, otherwise: "other")
    quotaNames = Labels(names.requestQuotas, otherwise: "other")
    requests = CounterTable(count: operations.count * results.count)
    latencies = LatencyTable(count: operations.count)
    authenticationFailures = CounterTable(count: failureCodes.count)
    throttled = CounterTable(count: quotaNames.count)
  }

  /// Counts a request that was answered.
  ///
  /// - Parameters:
  ///   - operation: the operation's name; nil when the request was for none.
  ///   - error: the code of the error that was answered; nil when the operation succeeded.
  ///   - duration: from the whole request to the whole answer.
  public func record(operation: String?, error: String? = nil, duration: Duration) {
    let place = operations.place(of: operation ?? "unknown")
    requests.add(at: place * results.count + results.place(of: error ?? Self.success))
    latencies.observe(duration, at: place)
  }

  /// Counts a decision about access.
  public func record(_ decision: AccessDecision) {
    decisions.add(at: Self.place(of: decision))
  }

  /// Counts a request whose signature was refused, by the error's code.
  public func recordAuthenticationFailure(code: String) {
    authenticationFailures.add(at: failureCodes.place(of: code))
  }

  /// Counts a request that was refused because a request quota was used up, by the quota's name.
  public func recordThrottled(requestQuota: String) {
    throttled.add(at: quotaNames.place(of: requestQuota))
  }

  // MARK: Reading

  func requestCount(operation: Int, result: Int) -> UInt64 { requests[operation * results.count + result] }

  func latency(operation: Int) -> LatencyTable.Reading { latencies.reading(at: operation) }

  func count(of decision: AccessDecision) -> UInt64 { decisions[Self.place(of: decision)] }

  func authenticationFailureCount(code: Int) -> UInt64 { authenticationFailures[code] }

  func throttledCount(requestQuota: Int) -> UInt64 { throttled[requestQuota] }

  private static func place(of decision: AccessDecision) -> Int {
    switch decision {
    case .allowed: 0
    case .denied: 1
    }
  }
}
