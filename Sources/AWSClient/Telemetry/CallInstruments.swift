// The metrics of a client, each made once.

internal import Metrics
internal import Synchronization

/// Timers and counters by operation.
///
/// | Label | Kind | Dimensions |
/// | --- | --- | --- |
/// | `rpc.client.duration` | timer | `rpc.service`, `rpc.method` |
/// | `rpc.client.retries` | counter | `rpc.service`, `rpc.method` |
/// | `rpc.client.errors` | counter | `rpc.service`, `rpc.method`, `error.type`: `service`, `transport`, `timeout`, … |
final class CallInstruments: Sendable {
  private let service: String
  private let factory: (any MetricsFactory)?
  private let timers = Mutex<[String: Timer]>([:])
  private let counters = Mutex<[[String]: Counter]>([:])

  init(service: String, factory: (any MetricsFactory)?) {
    self.service = service
    self.factory = factory
  }

  func record(_ operation: String, _ duration: Duration, failure: String?) {
    let timer = timers.withLock { timers in
      if let timer = timers[operation] { return timer }
      let timer = Timer(
        label: "rpc.client.duration", dimensions: dimensions(operation), factory: factory ?? MetricsSystem.factory)
      timers[operation] = timer
      return timer
    }
    timer.recordNanoseconds(Self.nanoseconds(duration))
    if let failure { counter("rpc.client.errors", operation, [("error.type", failure)]).increment() }
  }

  func retry(_ operation: String) {
    counter("rpc.client.retries", operation, []).increment()
  }

  private func counter(_ label: String, _ operation: String, _ more: [(String, String)]) -> Counter {
    counters.withLock { counters in
      let key = [label, operation] + more.map(\.1)
      if let counter = counters[key] { return counter }
      let counter = Counter(
        label: label, dimensions: dimensions(operation) + more, factory: factory ?? MetricsSystem.factory)
      counters[key] = counter
      return counter
    }
  }

  private func dimensions(_ operation: String) -> [(String, String)] {
    [("rpc.service", service), ("rpc.method", operation)]
  }

  private static func nanoseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
