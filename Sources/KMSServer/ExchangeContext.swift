// What all connections of a server share: its settings, its responder, its counters and its log.

import Logging
import Synchronization

/// The server's side of every exchange.
final class ExchangeContext: Sendable {
  let limits: HTTPServer.Limits
  let timeouts: HTTPServer.Timeouts
  let health: HealthRoutes
  private let logger: Logger
  let refusals: RefusalLog
  let respond: HTTPServer.Responder
  private let inFlight = Atomic(0)

  init(
    configuration: HTTPServer.Configuration, health: HealthRoutes, logger: Logger,
    respond: @escaping HTTPServer.Responder
  ) {
    limits = configuration.limits
    timeouts = configuration.timeouts
    self.health = health
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

  /// Notes that a connection failed. Callers come and go as they like, so this is for debugging only.
  func log(_ error: any Error, remoteAddress: String?) {
    logger.debug("connection error", metadata: ["remote": "\(remoteAddress ?? "-")", "error": "\(error)"])
  }
}
