// The HTTP(S)/1.1 front: it listens, hands complete requests to one closure, sends the answers, and stops gracefully.

public import KMSService
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP/1.1 server for small requests and answers, with or without TLS. It knows nothing of what it serves.
///
/// Requests run on the event loop of their connection, without a change of thread: work that blocks or computes for
/// long belongs on threads of the service's own. When a caller goes away, the task of its request is cancelled.
public final class HTTPServer: Sendable {
  /// Answers one request. It must answer errors itself, and should return early when its task is cancelled.
  public typealias Responder = @Sendable (ServiceRequest) async -> ServiceResponse

  private enum Phase {
    case created
    case starting
    case listening(any Channel)
    case stopped
  }

  private let configuration: Configuration
  private let connections: ConnectionRegistry
  private let exchange: ExchangeContext
  private let phase = Mutex(Phase.created)

  /// Makes a server that does not listen yet.
  ///
  /// - Parameters:
  ///   - health: what `GET /health`, `/health/live` and `/health/ready` ask.
  ///   - metrics: what `GET /metrics` answers; without it that request is left to `respond`.
  ///   - logger: receives connection errors at `debug`, and refused requests at `info`, a few in every ten seconds.
  ///   - respond: answers every other request.
  public init(
    configuration: Configuration, health: HealthRoutes = HealthRoutes(), metrics: MetricsRoute? = nil, logger: Logger,
    respond: @escaping Responder
  ) {
    self.configuration = configuration
    connections = ConnectionRegistry(limit: configuration.limits.maximumConnections)
    exchange = ExchangeContext(
      configuration: configuration, connections: connections, health: health, metrics: metrics, logger: logger,
      respond: respond)
  }

  /// Binds the address and begins to accept connections.
  ///
  /// - Returns: the address that was bound; its port is the real one when port 0 was asked for.
  public func start() async throws(HTTPServerError) -> BoundAddress {
    guard enterStarting() else { throw .alreadyStarted }
    var tls: NIOSSLContext?
    if let files = configuration.tls { tls = try files.makeContext() }
    let channel: any Channel
    do {
      channel = try await bootstrap(tls: tls).bind(host: configuration.host, port: configuration.port).get()
    } catch {
      throw .cannotListen(host: configuration.host, port: configuration.port, reason: String(describing: error))
    }
    guard enterListening(channel) else {
      try? await channel.close()
      throw .stopped
    }
    return BoundAddress(host: configuration.host, port: channel.localAddress?.port ?? configuration.port)
  }

  /// Stops gracefully, and returns when every connection is closed.
  ///
  /// No new connection is accepted and idle ones are closed at once. Requests in flight are finished, their answers
  /// saying `Connection: close`. What is still open after `gracePeriod` is cut, and its requests are cancelled; a
  /// responder that ignores cancellation may run on after this returns. Calling it again waits for the same end.
  public func shutdown(gracePeriod: Duration) async {
    let listener = enterStopped()
    try? await listener?.close()
    let allClosed = connections.drain(on: MultiThreadedEventLoopGroup.singleton.any())
    let connections = connections
    let cut = allClosed.eventLoop.scheduleTask(in: TimeAmount(gracePeriod)) { connections.abort() }
    try? await allClosed.get()
    cut.cancel()
  }

  private func bootstrap(tls: NIOSSLContext?) -> ServerBootstrap {
    let connections = connections
    let exchange = exchange
    return ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // One read a turn: what a connection can have us parse ahead of its answers stays within two receive buffers.
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // Beyond the limit a connection is accepted and closed at once: its caller learns so now, not by a time-out.
          guard connections.admit(channel) else {
            exchange.refusals.record(.tooManyConnections, remoteAddress: channel.remoteAddress?.ipAddress)
            throw ConnectionRegistry.Full()
          }
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          let decoder = RequestDecoder(limits: exchange.limits)
          try pipeline.addHandler(ByteToMessageHandler(decoder))
          try pipeline.addHandler(
            ConnectionHandler(
              exchange: exchange, decoder: decoder, isSecure: tls != nil, eventLoop: channel.eventLoop))
        }
      }
  }

  private func enterStarting() -> Bool {
    phase.withLock { phase in
      guard case .created = phase else { return false }
      phase = .starting
      return true
    }
  }

  private func enterListening(_ channel: any Channel) -> Bool {
    phase.withLock { phase in
      guard case .starting = phase else { return false }
      phase = .listening(channel)
      return true
    }
  }

  /// The listening channel, if there is one to close.
  private func enterStopped() -> (any Channel)? {
    phase.withLock { phase in
      defer { phase = .stopped }
      if case .listening(let channel) = phase { return channel }
      return nil
    }
  }
}
