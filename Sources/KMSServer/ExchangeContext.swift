// What all connections of a server share: its settings, its responder, its counters and its log.

import Logging
import Synchronization

/// The server's side of every exchange.
final class ExchangeContext: Sendable {
  let limits: HTTPServer.Limits
  let timeouts: HTTPServer.Timeouts
  let health: HealthRoutes
  let metrics: MetricsRoute?
  private let logger: Logger
  let refusals: RefusalLog
  let respond: HTTPServer.Responder
  private let connections: ConnectionRegistry
  private let inFlight = Atomic(0)

  init(
    configuration: HTTPServer.Configuration, connections: ConnectionRegistry, health: HealthRoutes,
    metrics: MetricsRoute?, logger: Logger, respond: @escaping HTTPServer.Responder
  ) {
    limits = configuration.limits
    timeouts = configuration.timeouts
    self.connections = connections
    self.health = health
    self.metrics = metrics
    self.logger = logger
    refusals = RefusalLog(logger: logger)
    self.respond = respond
  }

  /// Counts one more request in flight, unless that is more than allowed.
  func enter() -> Bool {
    let count = inFlight.wrappingAdd(1, ordering: .relaxed).newValue
    guard count > limits.maximumRequestsInFlight else { return true }
    leave()
    return false
  }

  /// A request that ``enter()`` let in has ended.
  func leave() {
    inFlight.wrappingSubtract(1, ordering: .relaxed)
  }

  /// How busy the server is now.
  var load: HTTPServer.Load {
    HTTPServer.Load(
      // A request that is about to be refused is counted for an instant.
      requestsInFlight: min(inFlight.load(ordering: .relaxed), limits.maximumRequestsInFlight),
      openConnections: connections.count, refusals: refusals.total)
  }

  /// Notes that a connection failed. Callers come and go as they like, so this is for debugging only.
  func log(_ error: any Error, remoteAddress: String?) {
    logger.debug("connection error", metadata: ["remote": "\(remoteAddress ?? "-")", "error": "\(error)"])
  }
}
