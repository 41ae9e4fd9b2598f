// One connection: requests in, one at a time to the responder, answers out in the same order.

import KMSService
import NIOCore
import NIOHTTP1
import NIOSSL
import NIOTLS
import SecureMemory

/// The last handler of a connection's pipeline.
///
/// While a request is being answered what arrives is read once, and then no more, so a caller cannot make the server
/// store what it does not serve. What was read is kept in ``RequestIntake`` and answered in turn; between answers that
/// the server gives itself, which cost the caller next to nothing, the event loop's other connections have theirs.
///
/// A caller that closes its side has gone away, also when it only meant to say that it will send no more: the request
/// in flight is cancelled.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  enum Phase {
    case open
    /// The last answer is written and not yet sent.
    case closing
    /// Our side is closed, or closing; the caller's input is thrown away until it closes too.
    case lingering
    case closed
  }

  struct InFlight {
    let framing: ResponseFraming
    var task: Task<Void, Never>?
    /// Whether the responder runs within the limit on requests in flight.
    let isCounted: Bool
  }

  let exchange: ExchangeContext
  let decoder: RequestDecoder
  let isSecure: Bool
  var context: ChannelHandlerContext?
  var deadline = ConnectionDeadline()
  var timer: NIOScheduledCallback?
  private let executor: EventLoopTaskExecutor
  var intake: RequestIntake
  private var encoder = ResponseEncoder()
  var phase = Phase.open
  var inFlight: InFlight?
  private var remoteAddress: String?
  var isHandshaking: Bool
  var hasAnswered = false
  private var isDraining = false
  private var isAdvancing = false
  /// Whether the next item waits until the event loop has served others.
  var isYielding = false
  var isReading = false
  private var needsFlush = false
  var readWanted = false

  init(exchange: ExchangeContext, decoder: RequestDecoder, isSecure: Bool, eventLoop: any EventLoop) {
    self.exchange = exchange
    executor = .shared(on: eventLoop)
    self.decoder = decoder
    self.isSecure = isSecure
    isHandshaking = isSecure
    intake = RequestIntake(limits: exchange.limits, remoteAddress: nil, isSecure: isSecure)
  }

  // MARK: Life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    remoteAddress = context.remoteAddress?.ipAddress
    intake = RequestIntake(limits: exchange.limits, remoteAddress: remoteAddress, isSecure: isSecure)
    settle(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    phase = .closed
    intake.drop()
    inFlight?.task?.cancel()
    deadline.clear()
    timer?.cancel()
    timer = nil
    context.fireChannelInactive()
  }

  // MARK: Input

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = Self.unwrapInboundIn(data)
    decoder.delivered(part)
    isReading = true
    guard phase == .open else { return }
    intake.receive(part)
    advance(context)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    if needsFlush {
      needsFlush = false
      context.flush()
    }
    settle(context)
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) {
    if mayRead(context) { context.read() } else { readWanted = true }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    advance(context)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ConnectionEvent.drain:
      isDraining = true
      let isIdle = inFlight == nil && !intake.hasItems && !intake.isInBody && !decoder.hasPartialHead
      if phase == .open, isIdle { close(context) }
    case ConnectionEvent.abort:
      close(context)
    case TLSUserEvent.handshakeCompleted:
      isHandshaking = false
      intake.tlsVersion = try? context.pipeline.syncOperations.nioSSL_tlsVersion()?.cloudTrailName
      settle(context)
    default:
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let refusal = (error as? HTTPParserError).map(Refusal.init) ?? (error as? Refusal) {
      guard phase == .open, context.channel.isActive else { return }
      intake.refuse(refusal)
      advance(context)
    } else {
      exchange.log(error, remoteAddress: remoteAddress)
      close(context)
    }
  }

  // MARK: Progress

  /// Answers as much of what has arrived as can be answered now.
  func advance(_ context: ChannelHandlerContext) {
    // An answer that is ready at once comes back here while the loop below is still in `start`.
    guard !isAdvancing, !isYielding else { return }
    isAdvancing = true
    while phase == .open, inFlight == nil, !isYielding, context.channel.isWritable, let item = intake.next() {
      deadline.clear()
      switch item {
      case .request(let complete):
        let isCounted = start(complete, context)
        if !isCounted, inFlight == nil { yield(context) }
      case .refusal(let refusal):
        exchange.refusals.record(refusal, remoteAddress: remoteAddress)
        write(refusal.response, ResponseFraming(keepsAlive: false), context)
      }
    }
    isAdvancing = false
    // The end of the read settles what its parts have changed, once for all of them.
    if !isReading { settle(context) }
  }

  /// Goes on when the event loop has done what others wait for.
  private func yield(_ context: ChannelHandlerContext) {
    isYielding = true
    context.eventLoop.assumeIsolated().execute {
      self.isYielding = false
      if let context = self.context { self.advance(context) }
    }
  }

  /// Begins to answer a request.
  ///
  /// - Returns: whether the service answers it, and not the server itself.
  private func start(_ complete: RequestIntake.Complete, _ context: ChannelHandlerContext) -> Bool {
    let request = complete.request
    let operation: @Sendable () async -> ServiceResponse
    let isCounted: Bool
    if let route = HealthRoutes.route(method: request.method, target: request.target) {
      if isDraining, route == .ready {
        write(HealthRoutes.response(isHealthy: false), complete.framing, context)
        return false
      }
      let probe = route == .live ? exchange.health.isLive : exchange.health.isReady
      operation = { HealthRoutes.response(isHealthy: await probe()) }
      isCounted = false
    } else if let metrics = exchange.metrics, MetricsRoute.isAsked(method: request.method, target: request.target) {
      write(metrics.response(exchange.load), complete.framing, context)
      return false
    } else {
      guard exchange.enter() else {
        exchange.refusals.record(.overloaded, remoteAddress: remoteAddress)
        write(Refusal.overloaded.response, complete.framing, context)
        return false
      }
      let respond = exchange.respond
      operation = { await respond(request) }
      isCounted = true
    }
    inFlight = InFlight(framing: complete.framing, isCounted: isCounted)
    let eventLoop = context.eventLoop
    let connection = NIOLoopBound(self, eventLoop: eventLoop)
    let task = executor.start {
      let response = await operation()
      ConnectionHandler.deliver(consume response, to: connection, on: eventLoop)
    }
    inFlight?.task = task
    return isCounted
  }

  /// Brings the answer back to its connection, without a second reference to its body.
  private static func deliver(
    _ response: consuming ServiceResponse, to connection: NIOLoopBound<ConnectionHandler>, on eventLoop: any EventLoop
  ) {
    // The executor has brought the task back to the event loop; should it ever not, the answer goes there itself.
    if eventLoop.inEventLoop {
      connection.value.complete(response)
    } else {
      let answer = response
      eventLoop.execute { connection.value.complete(answer) }
    }
  }

  private func complete(_ response: consuming ServiceResponse) {
    guard let ended = inFlight else { return }
    inFlight = nil
    if ended.isCounted { exchange.leave() }
    guard phase == .open, let context else {
      if response.carriesSecret { SecretBytes.wipe(&response.body) }
      return
    }
    write(response, ended.framing, context)
    advance(context)
  }

  // MARK: Output

  private func write(
    _ response: consuming ServiceResponse, _ framing: ResponseFraming, _ context: ChannelHandlerContext
  ) {
    var framing = framing
    let isLast = intake.hasEnded && !intake.hasItems
    if isDraining || isLast { framing.keepsAlive = false }
    hasAnswered = true
    let buffer = encoder.encode(response, framing: framing, allocator: context.channel.allocator)
    guard response.carriesSecret || !framing.keepsAlive else { return write(buffer, promise: nil, context) }

    let sent = context.eventLoop.makePromise(of: Void.self)
    if response.carriesSecret {
      SecretBytes.wipe(&response.body)
      sent.futureResult.whenComplete { _ in ResponseEncoder.wipe(buffer) }
    }
    if !framing.keepsAlive {
      phase = .closing
      intake.drop()
      sent.futureResult.assumeIsolated().whenComplete { _ in
        if let context = self.context { self.linger(context) }
      }
    }
    write(buffer, promise: sent, context)
  }

  func write(_ buffer: ByteBuffer, promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
    if isReading {
      needsFlush = true
      context.write(Self.wrapOutboundOut(buffer), promise: promise)
    } else {
      context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: promise)
    }
  }

  /// Closes our side. Closing both at once could reset the connection, and the caller would lose the answer.
  private func linger(_ context: ChannelHandlerContext) {
    guard phase == .closing else { return }
    phase = .lingering
    context.close(mode: .output, promise: nil)
    settle(context)
  }

  /// Closes both sides at once and cancels what is in flight. Under TLS the farewells may take another second.
  func close(_ context: ChannelHandlerContext) {
    guard phase != .closed else { return }
    phase = .lingering
    intake.drop()
    inFlight?.task?.cancel()
    context.close(promise: nil)
    settle(context)
  }
}

extension TLSVersion {
  /// The version as `tlsDetails.tlsVersion` of an audit record has it.
  fileprivate var cloudTrailName: String {
    switch self {
    case .tlsv1: "TLSv1"
    case .tlsv11: "TLSv1.1"
    case .tlsv12: "TLSv1.2"
    case .tlsv13: "TLSv1.3"
    }
  }
}
