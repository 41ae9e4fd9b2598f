// The health checks of load balancers and supervisors: GET /health, /health/live and /health/ready.

import AWSSigV4
import KMSService

/// What the health routes ask; each answers 200 for true and 503 for false.
public struct HealthRoutes: Sendable {
  /// Asks one question of the service. It should be quick: load balancers give up within seconds.
  public typealias Probe = @Sendable () async -> Bool

  /// `/health/live`: whether the process works at all; false asks for a restart.
  public var isLive: Probe
  /// `/health` and `/health/ready`: whether requests should be sent here. While the server is stopping, the answer is
  /// 503 whatever this says.
  public var isReady: Probe

  /// Makes the routes. A service without a store or other dependency is live and ready as soon as it listens.
  public init(isLive: @escaping Probe = { true }, isReady: @escaping Probe = { true }) {
    self.isLive = isLive
    self.isReady = isReady
  }

  enum Route { case live, ready }

  /// The health route a request is for, or nil when it belongs to the service.
  static func route(method: String, target: String) -> Route? {
    // Nearly every request is `POST /`: one comparison tells.
    guard target.utf8.count > 1, method == "GET" || method == "HEAD" else { return nil }
    return switch target {
    case "/health", "/health/ready": .ready
    case "/health/live": .live
    default: nil
    }
  }

  static func response(isHealthy: Bool) -> ServiceResponse {
    ServiceResponse(
      status: isHealthy ? 200 : 503,
      headers: [
        HeaderField(name: "Content-Type", value: "application/json"),
        HeaderField(name: "Cache-Control", value: "no-store"),
      ],
      body: [UInt8]((isHealthy ? #"{"status":"ok"}"# : #"{"status":"unavailable"}"#).utf8))
  }
}
